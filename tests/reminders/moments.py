"""Short ways to write moments and reminders in tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from programme.model.deliveries import Due
from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone, Source
from programme.model.participants import Participant
from programme.model.zones import Zone


def at(text: str, zone: Zone = Zone.WIB) -> datetime:
    """Read `2021-10-18 09:00` on the clock of `zone`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone.tz)


def wib(text: str) -> datetime:
    return at(text, Zone.WIB)


def written(dues: Iterable[Due], zone: Zone) -> dict[str, str]:
    """Write reminders as key -> local day and hour."""
    return {due.source.rpartition("/")[2]: f"{due.at.astimezone(zone.tz):%Y-%m-%d %H.%M}" for due in dues}


def reached(
    person: Participant,
    milestone: Milestone,
    on: str | None = None,
    *,
    source: Source = Source.SELF,
    platform: str | None = None,
) -> Participant:
    day = date.fromisoformat(on) if on else None
    return person.after(MilestoneReached(milestone, day, platform=platform, source=source))
