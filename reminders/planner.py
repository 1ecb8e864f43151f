"""Reminder planner: what conversations may ask of the reminders, what is ahead and when one more could come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from programme.model.deliveries import Due
from programme.model.milestones import Milestone
from programme.model.participants import Participant, ReminderLevel
from programme.programme import Programme
from reminders.policy import Policy
from reminders.timetable import certain_cutoff, timetable

TONIGHT, TOMORROW_MORNING = "tonight", "tomorrow_morning"


@dataclass(frozen=True, slots=True)
class Planner:
    """The `ReminderPlanner` of a programme and a policy."""

    programme: Programme
    policy: Policy

    def upcoming(self, participant: Participant, now: datetime) -> Sequence[Due]:
        """Return the reminders still ahead of the person, earliest first."""
        return [due for due in timetable(participant, self.programme, self.policy) if due.at > now]

    def plan_for(self, participant: Participant, when: str, now: datetime) -> datetime | None:
        """Return the moment, in UTC, of one more reminder `tonight` or `tomorrow_morning`.

        None where no safe moment is left before the cutoff, where the person has bought or wants no
        reminders at all, and for any other `when`.
        """
        if self._needs_none(participant):
            return None
        local = now.astimezone(participant.local.tz)
        safe = self._last_safe(participant)
        match when:
            case "tonight":
                at = self._tonight(local, safe)
            case "tomorrow_morning":
                at = self._tomorrow_morning(local)
            case _:
                return None
        return at.astimezone(UTC) if at and (safe is None or at <= safe) else None

    def safe_moment(self, participant: Participant, wanted: datetime, now: datetime) -> datetime | None:
        """Return the moment, in UTC, of one more reminder at `wanted`, or at the last safe full hour before it.

        None where that is not ahead, and where the person has bought or wants no reminders at all.
        """
        if self._needs_none(participant):
            return None
        safe = self._last_safe(participant)
        at = wanted if safe is None or wanted <= safe else safe.replace(minute=0, second=0, microsecond=0)
        return at.astimezone(UTC) if at > now else None

    def day_hours(self) -> tuple[time, time]:
        """Return from when until when, on the person's clock, a wished hour is kept: outside the quiet hours."""
        return self.policy.quiet.ends, self.policy.quiet.begins

    def _needs_none(self, participant: Participant) -> bool:
        off = participant.reminders.level is ReminderLevel.NONE
        return off or self.policy.reached(participant, Milestone.BOUGHT)

    def _last_safe(self, participant: Participant) -> datetime | None:
        cutoff = certain_cutoff(participant, self.programme)
        return cutoff.at - self.policy.plan.safe if cutoff else None

    def _tonight(self, local: datetime, safe: datetime | None) -> datetime | None:
        """Return the evening's hour, or the next full one: late only if the cutoff comes before morning."""
        hours = self.policy.plan
        evening = datetime.combine(local.date(), hours.tonight, local.tzinfo)
        if local < evening:
            return evening
        at = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        latest = datetime.combine(local.date(), hours.tonight_latest, local.tzinfo)
        morning = datetime.combine(local.date() + timedelta(days=1), hours.tomorrow_morning, local.tzinfo)
        return at if at <= latest or (safe is not None and safe < morning) else None

    def _tomorrow_morning(self, local: datetime) -> datetime:
        hours = self.policy.plan
        days = 0 if local.time() < hours.night_ends else 1
        return datetime.combine(local.date() + timedelta(days=days), hours.tomorrow_morning, local.tzinfo)
