"""The first-purchase cutoff: the moment 23.59 WIB ends on the last day to buy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from programme.facts import Certainty
from programme.model.zones import Zone
from programme.rules import Scheme
from programme.waves import Wave

_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """`at` is 23:59:59 in Jakarta on `day` (a day in WIB), in UTC; `source` tells where it comes from."""

    at: datetime
    certainty: Certainty
    source: str
    day: date


def cutoff_on(day: date, certainty: Certainty, source: str) -> Cutoff:
    """Return the cutoff at the end of `day` in WIB."""
    return Cutoff(datetime.combine(day, _LAST_SECOND, Zone.WIB.tz).astimezone(UTC), certainty, source, day)


def find_cutoff(wave: Wave | None, scheme: Scheme, passed_on: date | None) -> Cutoff | None:
    """Return the cutoff of one wave, or None where nothing allows it.

    The published day is the truth, whatever `passed_on` says; else the scheme's rule counts from the
    broadcast; else from `passed_on` (a day in WIB).
    """
    if wave and wave.cutoff and wave.certainty is Certainty.PUBLISHED:
        return cutoff_on(wave.cutoff, Certainty.PUBLISHED, wave.source)
    if wave and wave.announced_on:
        return _counted(wave.announced_on, scheme, wave.announced_certainty)
    if wave and wave.cutoff:
        return cutoff_on(wave.cutoff, wave.certainty, wave.source)
    return _counted(passed_on, scheme, Certainty.DERIVED) if passed_on else None


def _counted(first_day: date, scheme: Scheme, certainty: Certainty) -> Cutoff:
    """Count the scheme's days with the broadcast as day 1: where that is not known, the safer day."""
    unsure = certainty is Certainty.UNSURE or not scheme.announcement_is_day_one
    day = first_day + timedelta(days=scheme.days_to_buy - 1)
    return cutoff_on(day, Certainty.UNSURE if unsure else Certainty.DERIVED, scheme.law)
