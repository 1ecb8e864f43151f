"""Timetable of one participant: every reminder and its moment, computed from what is known, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.deliveries import Due
from programme.model.milestones import Milestone
from programme.model.participants import Participant, ReminderLevel
from programme.model.payments import PaymentStatus
from programme.model.zones import Zone
from programme.programme import Programme
from reminders.policy import UNTIL_CUTOFF, Anchor, Policy, Rule, WhoseClock
from reminders.sources import path_source, plan_source, wave_source

_CERTAIN: Final = frozenset({Certainty.PUBLISHED, Certainty.DERIVED})


def certain_cutoff(participant: Participant, programme: Programme) -> Cutoff | None:
    """Return the person's cutoff if it may be told as it is, else None: nothing is reminded of a guess."""
    cutoff = programme.cutoff_of(participant)
    return cutoff if cutoff and cutoff.certainty in _CERTAIN else None


def timetable(participant: Participant, programme: Programme, policy: Policy) -> tuple[Due, ...]:
    """Return the reminders of one person, past and future, earliest first; moments in UTC.

    Empty for those who want none. Each is gone once its milestone is reached. One that the person asked for
    themselves takes the place of those close to it, but never of the last call that follows it.
    """
    if participant.reminders.level is ReminderLevel.NONE:
        return ()
    found, certain = programme.cutoff_of(participant), certain_cutoff(participant, programme)
    case = _Case(participant, certain, None if certain else found, policy)
    dues = [*case.by_rules(), *case.by_plan()]
    return tuple(sorted(dues, key=lambda due: due.at))


@dataclass(frozen=True, slots=True)
class _Case:
    """`doubtful` is a cutoff that may not be told; a reminder without a date ends with it all the same."""

    person: Participant
    cutoff: Cutoff | None
    doubtful: Cutoff | None
    policy: Policy

    def by_rules(self) -> Iterator[Due]:
        concerning = filter(self._concerns, self.policy.rules)
        dues = [(rule, due) for rule in concerning if (due := self._due(rule))]
        days = {self._local_day(due) for rule, due in dues if rule.anchor is Anchor.CUTOFF}
        plan = next(self.by_plan(), None)
        for rule, due in dues:
            doubled = rule.anchor is Anchor.JOINED and self._local_day(due) in days
            if not doubled and not (plan and self._replaced(rule, due, plan)):
                yield due

    def by_plan(self) -> Iterator[Due]:
        at = self.person.plan_at
        if at is None or self.policy.reached(self.person, Milestone.BOUGHT):
            return
        ends = self.cutoff.at if self.cutoff else at + self.policy.plan.good_for
        if at < ends:
            yield Due(source=plan_source(at), at=at.astimezone(UTC), not_after=ends, unless=Milestone.BOUGHT)

    def _replaced(self, rule: Rule, due: Due, plan: Due) -> bool:
        last_call = rule.at_night and plan.at < due.at
        return not last_call and abs(due.at - plan.at) <= self.policy.plan.replaces

    def _concerns(self, rule: Rule) -> bool:
        wanted = self.person.reminders.level is ReminderLevel.ALL or rule.level is ReminderLevel.FEWER
        return wanted and self.policy.concerns(rule, self.person)

    def _due(self, rule: Rule) -> Due | None:
        day = self._anchor_day(rule)
        if day is None:
            return None
        at = self._moment(rule, day + timedelta(days=rule.day))
        not_after = self._not_after(rule, at)
        if not_after is None or at >= not_after:
            return None
        unless = None if self.policy.reached(self.person, rule.unless) else rule.unless  # their word alone ends nothing
        return Due(source=self._source(rule), at=at.astimezone(UTC), not_after=not_after, unless=unless)

    def _anchor_day(self, rule: Rule) -> date | None:
        """Return the day that the rule counts from: the cutoff's in WIB, others as the person knows them."""
        match rule.anchor:
            case Anchor.CUTOFF:
                return self.cutoff.day if self.cutoff else None
            case Anchor.JOINED:
                return self._joined_on()
            case Anchor.PASSED:
                return self._passed_on() if self.person.wave and not self.cutoff else None
            case Milestone.INCENTIVE_PAID:
                return _reached_on(self.person, rule.anchor) or _first_paid_on(self.person)
            case milestone:
                return _reached_on(self.person, milestone)

    def _joined_on(self) -> date | None:
        joined = self.person.joined_at
        return joined.astimezone(self.person.local.tz).date() if joined else None

    def _passed_on(self) -> date | None:
        """Return the day on which the person passed; where they don't know it, the day they came to the bot."""
        return self.person.passed_on or self._joined_on()

    def _moment(self, rule: Rule, day: date) -> datetime:
        zone = Zone.WIB if rule.clock is WhoseClock.WIB else self.person.local
        wished = self.person.reminders.at if rule.wished else None
        clock = wished if wished is not None else rule.time
        at = datetime.combine(day, clock, zone.tz)
        if rule.at_night:
            return at
        before = self.cutoff.at if rule.ends == UNTIL_CUTOFF and self.cutoff else None
        return self.policy.quiet.spared(at, self.person.local.tz, before=before)

    def _not_after(self, rule: Rule, at: datetime) -> datetime | None:
        match rule.ends:
            case time() as clock:
                local = at.astimezone(self.person.local.tz)
                return datetime.combine(local.date(), clock, local.tzinfo).astimezone(UTC)
            case timedelta() as good_for:
                ends = (at + good_for).astimezone(UTC)
                return min(ends, self.doubtful.at) if self.doubtful and rule.anchor is Anchor.PASSED else ends
            case _:
                return self.cutoff.at if self.cutoff else None

    def _source(self, rule: Rule) -> str:
        wave = self.person.wave
        if rule.anchor is Anchor.CUTOFF and self.cutoff and wave:
            return wave_source(wave, self.cutoff.day, rule.key)
        return path_source(rule.key)

    def _local_day(self, due: Due) -> date:
        return due.at.astimezone(self.person.local.tz).date()


def _reached_on(person: Participant, milestone: Milestone) -> date | None:
    step = person.progress.get(milestone)
    return step.on if step else None


def _first_paid_on(person: Participant) -> date | None:
    paid = [payment.paid_on for payment in person.payments if payment.status is PaymentStatus.PAID]
    return min((day for day in paid if day), default=None)
