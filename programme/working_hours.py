"""When people are at work: shifts with breaks, public holidays, and time counted only while somebody is there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from types import ModuleType

from programme.model.zones import Zone

Span = tuple[datetime, datetime]
"""From a moment up to another, both in UTC."""

_ZERO = timedelta()
_LONGEST_PAUSE = 60  # days without work that are looked across


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Working hours of one group of agents, on the clock of WIB; `days` are 0 for Monday to 6 for Sunday."""

    name: str
    days: frozenset[int]
    begins: time
    ends: time
    breaks: tuple[tuple[time, time], ...] = ()

    def presence(self, day: date) -> Span | None:
        """Return from when to when the shift is in on `day`, breaks included; None on its days off."""
        if day.weekday() not in self.days:
            return None
        return _at(day, self.begins), _at(day, self.ends)

    def work(self, day: date) -> list[Span]:
        """Return when the shift works on `day`, without its breaks."""
        span = self.presence(day)
        if span is None:
            return []
        start, end = span
        spans: list[Span] = []
        for pause, back in sorted(self.breaks):
            spans.append((start, _at(day, pause)))
            start = _at(day, back)
        return [(first, last) for first, last in (*spans, (start, end)) if first < last]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """All shifts together. `is_holiday` tells public holidays; `closed_on` and `open_on` correct it."""

    shifts: Mapping[str, Shift]
    is_holiday: Callable[[date], bool]
    closed_on: Collection[date] = ()
    open_on: Collection[date] = ()

    def is_off(self, day: date) -> bool:
        """Tell whether nobody works on `day` whatever the shifts say."""
        return day in self.closed_on or (self.is_holiday(day) and day not in self.open_on)

    def spans(self, day: date) -> list[Span]:
        """Return when anybody works on `day`, joined and in order."""
        if self.is_off(day):
            return []
        joined: list[Span] = []
        for start, end in sorted(span for shift in self.shifts.values() for span in shift.work(day)):
            if joined and start <= joined[-1][1]:
                joined[-1] = joined[-1][0], max(end, joined[-1][1])
            else:
                joined.append((start, end))
        return joined

    def is_open(self, at: datetime) -> bool:
        """Tell whether somebody works at `at`."""
        return any(start <= at < end for start, end in self.spans(_day(at)))

    def in_shift(self, name: str | None, at: datetime) -> bool:
        """Tell whether the shift is in at `at`, at work or on a break; None stands for any shift."""
        if self.is_off(_day(at)):
            return False
        shifts = self.shifts.values() if name is None else [self.shifts[name]] if name in self.shifts else []
        return any((span := shift.presence(_day(at))) is not None and span[0] <= at < span[1] for shift in shifts)

    def at_work(self, name: str | None, at: datetime) -> bool:
        """Tell whether the shift works at `at`, its breaks left out; None stands for any shift."""
        if name is None:
            return self.is_open(at)
        shift = self.shifts.get(name)
        if shift is None or self.is_off(_day(at)):
            return False
        return any(start <= at < end for start, end in shift.work(_day(at)))

    def opens_at(self, at: datetime) -> datetime | None:
        """Return the first moment from `at` on at which somebody works; None where none is in sight."""
        return next((max(start, at) for start, _end in self._from(at)), None)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return how much working time lies between two moments; zero where they are the other way round."""
        total = _ZERO
        for first, last in self._from(start, until=end):
            total += max(min(last, end) - max(first, start), _ZERO)
        return total

    def after(self, at: datetime, work: timedelta) -> datetime | None:
        """Return the moment at which `work` has been worked since `at`; None where it is out of sight."""
        left = work
        for first, last in self._from(at):
            start = max(first, at)
            if start + left <= last:
                return start + left
            left -= last - start
        return None

    def _from(self, at: datetime, until: datetime | None = None) -> Iterator[Span]:
        """Go through the spans that end after `at`; without `until`, up to a pause of two months."""
        day, idle = _day(at), 0
        while idle < _LONGEST_PAUSE if until is None else _at(day, time()) < until:
            spans = [span for span in self.spans(day) if span[1] > at]
            idle = 0 if spans else idle + 1
            yield from spans
            day += timedelta(days=1)


def indonesian_holidays() -> Callable[[date], bool]:
    """Return what tells whether a day is a public holiday in Indonesia."""
    import holidays  # takes a moment, and only the helpdesk asks

    # The package of all countries would load two hundred of them, 5 MB in every process, to get at one.
    countries = ModuleType("holidays.countries")
    countries.__path__ = [str(Path(holidays.__file__).with_name("countries"))]
    sys.modules.setdefault(countries.__name__, countries)
    known = import_module("holidays.countries.indonesia").Indonesia()
    return lambda day: day in known


def _day(at: datetime) -> date:
    return at.astimezone(Zone.WIB.tz).date()


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, Zone.WIB.tz).astimezone(UTC)
