"""Days as offices, spreadsheets and programs write them, and whether a file puts the day or the month first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache

from bot.importing.numbers import plain
from handlers.understanding.entities.days import MONTHS, WEEKDAYS
from programme.model.zones import Zone

_TIME = (
    r"(?:(?:t|,?\s+)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|wib|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?P<weekday>[^\W\d]+'?[^\W\d]*)\.?,?\s+)?"


def _form(words: str) -> re.Pattern[str]:
    return re.compile(words + _TIME, re.IGNORECASE)


_YEAR_FIRST = _form(r"(?P<year>\d{4})([-/. ])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_TOGETHER = re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_NUMBERS = _form(
    _WEEKDAY + r"(?P<one>\d{1,2})\s?(?P<between>[-/. ])\s?(?P<two>\d{1,2})\s?(?P=between)\s?(?P<year>\d{4}|\d{2})"
)
_NAMED = _form(_WEEKDAY + r"(?P<day>\d{1,2})[\s./-]*(?P<name>[^\W\d]+)\.?[\s./,-]*(?P<year>\d{4}|'?\d{2})")
_NAME_FIRST = _form(_WEEKDAY + r"(?P<name>[^\W\d]+)\.?[\s./-]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s./,-]+(?P<year>\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIAL_EPOCH = date(1899, 12, 30)
_REMEMBERED = 16_384


class NoDay(ValueError):
    """The text is no day."""


class DayOrder(Enum):
    """What stands first where a day is written in numbers alone, and the year last."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class MixedOrders(ValueError):
    """A file puts the day first in some rows, and the month in others: no row of it can be trusted."""


@lru_cache(maxsize=16_384)
def read_day(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date:
    """Return the day that `text` says, in WIB where it comes with a time and its zone. Raises NoDay."""
    text = plain(text)
    if found := _YEAR_FIRST.fullmatch(text):
        return _moved(_day(found["year"], int(found["month"]), found["day"]), found)
    if found := _TOGETHER.fullmatch(text):
        return _day(found["year"], int(found["month"]), found["day"])
    if found := _NUMBERS.fullmatch(text):
        one, two = found["one"], found["two"]
        day, month = (one, two) if order is DayOrder.DAY_FIRST else (two, one)
        return _moved(_checked(_day(found["year"], int(month), day), found), found)
    if found := _NAMED.fullmatch(text) or _NAME_FIRST.fullmatch(text):
        month_named = MONTHS.get(found["name"].casefold())
        if month_named is not None:
            return _moved(_checked(_day(found["year"].lstrip("'"), month_named, found["day"]), found), found)
    if found := _SERIAL.fullmatch(text):
        return _SERIAL_EPOCH + timedelta(days=int(found[1]))
    raise NoDay


@dataclass(slots=True)
class OrderEvidence:
    """Which order a file's days are written in, gathered from all of its rows."""

    day_first: tuple[int, str] | None = None
    month_first: tuple[int, str] | None = None
    either: bool = False
    _seen: set[str] = field(default_factory=set)

    def note(self, row: int, text: str) -> None:
        """Look at a cell that holds a day."""
        if text and text not in self._seen:
            if len(self._seen) < _REMEMBERED:
                self._seen.add(text)
            self._look(row, text)

    def decide(self) -> DayOrder:
        """Return the order: day first where nothing speaks against it. Raises MixedOrders."""
        if self.day_first and self.month_first:
            (one, day_first), (two, month_first) = self.day_first, self.month_first
            raise MixedOrders(
                f"row {one} puts the day first ({day_first}), row {two} the month ({month_first}): "
                "write all days alike, best as 2021-09-22"
            )
        return DayOrder.MONTH_FIRST if self.month_first else DayOrder.DAY_FIRST

    @property
    def undecided(self) -> bool:
        """Whether there are days that could be read either way, and none that tells."""
        return self.either and not (self.day_first or self.month_first)

    def _look(self, row: int, text: str) -> None:
        found = _NUMBERS.fullmatch(plain(text))
        if found is None:
            return
        one, two = int(found["one"]), int(found["two"])
        shown = f"{found['one']}{found['between']}{found['two']}{found['between']}{found['year']}"
        if 12 < one <= 31 and two <= 12:
            self.day_first = self.day_first or (row, shown)
        elif 12 < two <= 31 and one <= 12:
            self.month_first = self.month_first or (row, shown)
        elif one != two:
            self.either = True


def _day(year: str, month: int, day: str) -> date:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, int(day))
    except ValueError:
        raise NoDay from None


def _checked(day: date, found: re.Match[str]) -> date:
    """Let a name of a weekday pass only where it is that day's."""
    named = found["weekday"]
    if named is None:
        return day
    weekday = WEEKDAYS.get(named.casefold(), _SHORT_WEEKDAYS.get(named.casefold()))
    if weekday != day.weekday():
        raise NoDay
    return day


_SHORT_WEEKDAYS = {
    short: number
    for names in ("sen sel rab kam jum sab min", "mon tue wed thu fri sat sun")
    for number, short in enumerate(names.split())
}


def _moved(day: date, found: re.Match[str]) -> date:
    """Move a moment that tells its zone to the day which it is in Jakarta then."""
    if found["hour"] is None:
        return day
    hour, minute, zone = int(found["hour"]), int(found["minute"]), (found["zone"] or "wib").casefold()
    if hour > 24 or minute > 59:
        raise NoDay
    if zone == "wib":
        return day
    offset = "+00:00" if zone in {"z", "utc", "gmt"} else zone
    try:
        return datetime.fromisoformat(f"{day}T{hour % 24:02}:{minute:02}{offset}").astimezone(Zone.WIB.tz).date()
    except (ValueError, OverflowError):
        raise NoDay from None
