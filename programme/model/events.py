"""Events that a conversation may decide. The roof applies these and keeps them as the history of the participant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from programme.model.milestones import Milestone, Source, Step
from programme.model.payments import Payment
from programme.model.zones import Zone


@dataclass(frozen=True, slots=True)
class WaveTold:
    """The person says which wave they passed in, and on which day if they know."""

    wave: int
    passed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ZoneTold:
    """The person says in which time zone they live."""

    zone: Zone


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose a language, by its folder's name in `locales/`."""

    language: str


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The person has been through the start, or skipped it."""


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    """A step on the path was taken."""

    milestone: Milestone
    on: date | None = None
    platform: str | None = None
    source: Source = Source.SELF


@dataclass(frozen=True, slots=True)
class MilestoneUndone:
    """A reported step was a mistake."""

    milestone: Milestone


@dataclass(frozen=True, slots=True)
class RemindersWished:
    """The person wants reminders at this level (a `ReminderLevel` value), at this time on their own clock."""

    level: str
    at: time | None = None


@dataclass(frozen=True, slots=True)
class PicturesWished:
    """The person wants reminders with pictures, or as text only."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class PlanMade:
    """The person will buy at this moment and wants one reminder then."""

    at: datetime


@dataclass(frozen=True, slots=True)
class PlanDropped:
    """The plan was a mistake: no reminder at its moment."""


@dataclass(frozen=True, slots=True)
class ObstacleNamed:
    """What keeps the person from buying, by its id in the programme's data."""

    obstacle: str


@dataclass(frozen=True, slots=True)
class CutoffTold:
    """The person was told this cutoff."""

    cutoff: datetime


@dataclass(frozen=True, slots=True)
class RosterMatched:
    """The shared number is on the roster: from now on the status is official."""

    wave: int
    passed_on: date | None = None
    zone: Zone | None = None
    progress: tuple[Step, ...] = ()
    payments: tuple[Payment, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessingPaused:
    """The person wants their data left alone; `why` is a `Pause` value."""

    why: str


@dataclass(frozen=True, slots=True)
class ProcessingResumed:
    """The person agrees again that their data are used."""


@dataclass(frozen=True, slots=True)
class ListTakenBack:
    """A list that named the person was brought in by mistake and undone: what is official is as it was before."""

    official: bool
    wave: int | None
    passed_on: date | None
    zone: Zone | None
    progress: tuple[Step, ...]
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The person wants everything about them deleted."""


Event = (
    WaveTold
    | ZoneTold
    | LanguageChosen
    | Welcomed
    | MilestoneReached
    | MilestoneUndone
    | RemindersWished
    | PicturesWished
    | PlanMade
    | PlanDropped
    | ObstacleNamed
    | CutoffTold
    | RosterMatched
    | ProcessingPaused
    | ProcessingResumed
    | ListTakenBack
    | Forgotten
)
