"""Participant: what is known of one person, and how it changes by what happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

from programme.model import events
from programme.model.milestones import Milestone, Source, Step
from programme.model.payments import Payment
from programme.model.zones import Zone

_NOTHING: Mapping[Milestone, Step] = MappingProxyType({})


class ReminderLevel(StrEnum):
    """How many reminders the person wants."""

    ALL = "all"
    FEWER = "fewer"
    NONE = "none"


class Pause(StrEnum):
    """Why a person's data are left alone: kept as they are and not used, until the person agrees again."""

    RESTRICTED = "restricted"
    WITHDRAWN = "withdrawn"
    """The consent is withdrawn; after a few days all of it is deleted."""


@dataclass(frozen=True, slots=True)
class ReminderWishes:
    """When and how often to remind, and whether with pictures, which cost data.

    `at` is an hour and minute on the person's clock; None leaves it to the policy.
    """

    level: ReminderLevel = ReminderLevel.ALL
    at: time | None = None
    pictures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One person, as far as known. Moments are aware and in UTC; days are the person's own.

    `name` is how the person calls themselves. `official` means that the shared number matched the roster.
    `told_cutoff` is the cutoff that the person was told last, so that a moved one can be corrected.
    `plan_at` is when the person asked to be reminded once more.
    """

    id: int
    name: str | None = None
    language: str = "id"
    zone: Zone | None = None
    wave: int | None = None
    passed_on: date | None = None
    official: bool = False
    joined_at: datetime | None = None
    welcomed: bool = False
    reminders: ReminderWishes = ReminderWishes()
    plan_at: datetime | None = None
    told_cutoff: datetime | None = None
    obstacle: str | None = None
    progress: Mapping[Milestone, Step] = field(default_factory=lambda: _NOTHING)
    payments: tuple[Payment, ...] = ()
    pause: Pause | None = None

    @property
    def has_passed(self) -> bool:
        """Whether the roster, or the day that was told, says that the person's wave is announced."""
        return self.official or self.passed_on is not None

    def has(self, milestone: Milestone) -> bool:
        """Tell whether the milestone was reached."""
        return milestone in self.progress

    @property
    def local(self) -> Zone:
        """The person's zone; the programme's own where none was told."""
        return self.zone or Zone.WIB

    def after(self, event: events.Event) -> Participant:  # noqa: PLR0912 - one branch an event
        """Return the person as they are once `event` has happened."""
        match event:
            case events.WaveTold(wave=wave, passed_on=passed_on):
                return self._in_wave(wave, passed_on)
            case events.ZoneTold(zone=zone):
                return replace(self, zone=zone)
            case events.LanguageChosen(language=language):
                return replace(self, language=language)
            case events.Welcomed():
                return replace(self, welcomed=True)
            case events.MilestoneReached(milestone=milestone, on=on, platform=platform, source=source):
                step = Step(milestone, on=on, platform=platform, source=source)
                return replace(self, progress={**self.progress, milestone: step})
            case events.MilestoneUndone(milestone=milestone):
                return replace(self, progress=_without(self.progress, milestone))
            case events.RemindersWished(level=level, at=at):
                return replace(self, reminders=replace(self.reminders, level=ReminderLevel(level), at=at))
            case events.PicturesWished(wanted=wanted):
                return replace(self, reminders=replace(self.reminders, pictures=wanted))
            case events.PlanMade(at=at):
                return replace(self, plan_at=at)
            case events.PlanDropped():
                return replace(self, plan_at=None)
            case events.ObstacleNamed(obstacle=obstacle):
                return replace(self, obstacle=obstacle)
            case events.CutoffTold(cutoff=cutoff):
                return replace(self, told_cutoff=cutoff)
            case events.RosterMatched() as matched:
                return self._as_on_roster(matched)
            case events.ProcessingPaused(why=why):
                return self._left_alone(Pause(why))
            case events.ProcessingResumed():
                return replace(self, pause=None, reminders=replace(self.reminders, level=ReminderLevel.ALL))
            case events.ListTakenBack(official=official, wave=wave, passed_on=passed_on, zone=zone) as before:
                progress = {step.milestone: step for step in before.progress}
                known = replace(self, official=official, wave=wave, passed_on=passed_on, zone=zone)
                return replace(known, progress=progress, payments=before.payments)
            case events.Forgotten():
                return Participant(id=self.id, language=self.language, joined_at=self.joined_at)
            case _:
                assert_never(event)

    def _left_alone(self, why: Pause) -> Participant:
        """Nothing is sent unasked any more, by whichever version of the code."""
        return replace(self, pause=why, reminders=replace(self.reminders, level=ReminderLevel.NONE), plan_at=None)

    def _in_wave(self, wave: int, passed_on: date | None) -> Participant:
        """Another wave has another cutoff: what was told and planned for the old one is void, if there was one."""
        if wave == self.wave:
            return replace(self, passed_on=passed_on or self.passed_on)
        planned = self.plan_at if self.wave is None else None
        return replace(self, wave=wave, passed_on=passed_on, told_cutoff=None, plan_at=planned)

    def _as_on_roster(self, matched: events.RosterMatched) -> Participant:
        """What the programme takes back is gone, and who has not bought is reminded again; own reports stay."""
        reported = {reached: step for reached, step in self.progress.items() if step.source is not Source.OFFICIAL}
        official = {step.milestone: step for step in matched.progress}
        told_before = self.passed_on if matched.wave == self.wave else None
        return replace(
            self,
            official=True,
            wave=matched.wave,
            passed_on=matched.passed_on or told_before,
            zone=self.zone or matched.zone,
            progress={**reported, **official},
            payments=matched.payments,
        )


def _without(progress: Mapping[Milestone, Step], milestone: Milestone) -> Mapping[Milestone, Step]:
    """Drop a self-reported milestone; what the programme itself recorded stays."""
    return {
        reached: step
        for reached, step in progress.items()
        if reached is not milestone or step.source is Source.OFFICIAL
    }
