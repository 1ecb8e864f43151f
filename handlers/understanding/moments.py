"""When a person wants something: a day, an hour with minutes, a part of the day, or so long from now.

The one reader of moments. Hours and days are found by `entities`; here it is decided which one ahead is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from handlers.understanding.durations import before_the_end, from_now, on_the_last_day
from handlers.understanding.entities import dates, hours, names
from handlers.understanding.entities.clock_time import EVENING, PARTS, ClockTime
from handlers.understanding.entities.days import WEEKDAYS
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.parts_of_day import parts_named
from handlers.understanding.phrases import says, without
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token
from programme.model.zones import Zone

_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = timedelta(hours=12)
_NIGHT_ENDS: Final = 5
"""Until this hour the night belongs to the evening before it, and nobody means an hour that is not named so."""
_EVENING_BEGINS: Final = 18
"""From this hour on *jam 12* is midnight."""
_SLEPT_BY: Final = 4
"""Who says *besok* before this hour means the day that follows the sleep."""
_AFTERNOON_ENDS: Final = 5
"""*Besok jam 2* to *besok jam 5* mean the afternoon."""
_NOON: Final = 12
_JUST_NOW: Final = "tadi"
_BEFORE: Final = "sebelum"
_PART_ENDS: Final = {"pagi": 11, "siang": 15, "sore": 18, "petang": 19, "malam": 24}
_OF_A_CLOCK: Final = frozenset(("waktu", "jam"))
_ANY_DAY: Final = Asked(date(2021, 1, 1))
_ZONES: Final = {zone.value.casefold(): zone for zone in Zone}


class SomeTime(StrEnum):
    """A part of a day without an hour: which hour is best is known to the reminders."""

    TONIGHT = "tonight"
    TOMORROW_MORNING = "tomorrow_morning"


@dataclass(frozen=True, slots=True)
class Past:
    """A moment was named that lies behind."""

    at: datetime


Moment = datetime | SomeTime | Past


def read_moment(text: str, now: datetime, *, asked_for: bool = False, cutoff: datetime | None = None) -> Moment | None:
    """Return the moment ahead that a text names, on the clock of `now` or of the zone it names; None without one.

    An hour without a part of the day is the next such hour: *jam 8* at nine in the morning means 20.00. Where
    a moment was `asked_for`, a bare *9* is an hour too. *Sejam sebelum batas* counts from `cutoff`.
    """
    tokens = spelt(_without_what_is_not_wanted(text))
    if (early := before_the_end(tokens)) is not None:
        beside = [*tokens[: early.first], *tokens[early.last :]]
        return _before(cutoff, early.length, beside, now) if cutoff is not None else None
    if cutoff is not None and on_the_last_day(tokens):
        return _on_the_last_day(cutoff, tokens, now)
    if (left := from_now(tokens)) is not None:
        return (now + left).replace(second=0, microsecond=0)
    said = _Said.of(tokens, now, asked_for=asked_for)
    return said.moment() if said else None


def _without_what_is_not_wanted(text: str) -> str:
    """Return a text without a day that is feared or denied: *jangan sampai lewat tanggal 21*, *bukan hari ini*."""
    for what in ("a feared day", "a day denied"):
        text = without(what, text) if says(what, text) else text
    return text


def hangs_on_cutoff(text: str) -> bool:
    """Tell whether a text names a moment by the cutoff: *sejam sebelum batas*, *on the last day*."""
    tokens = spelt(text)
    return before_the_end(tokens) is not None or on_the_last_day(tokens)


def names_several(text: str) -> bool:
    """Tell whether a text names more than one hour of the day."""
    return len({clock.minutes for clock in hours.clocks(spelt(text))}) > 1


def read_clock(text: str, now: datetime, *, asked_for: bool = False) -> tuple[time, ...]:
    """Return the hour of the day that a text names, on the clock of `now`, likeliest first; () without one.

    Two where it may be meant in the morning and in the evening alike.
    """
    tokens = spelt(text)
    clock = _clock(tokens, asked_for=asked_for)
    if clock is None:
        return ()
    there = _there(tokens, clock, now)
    first = _at(there.date(), clock.minutes, there)
    late = not clock.certain and 0 < clock.minutes < 12 * 60
    both = (first, first + _HALF_A_DAY) if late else (first,)
    return tuple(at.astimezone(now.tzinfo).time() for at in both)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text names, `now` on the clock that it speaks of."""

    clock: ClockTime | None
    part: str
    named: date | None
    weekday: bool
    """Whether the day is named as one of the week, which is the next such day once its hour is past."""
    tomorrow: bool
    later_today: bool
    ended: bool
    """Whether it is only the end of the time that is meant: *sebelum jam 12*."""
    now: datetime

    @classmethod
    def of(cls, tokens: list[Token], now: datetime, *, asked_for: bool) -> _Said | None:
        clock = _clock(tokens, asked_for=asked_for)
        if clock is not None and clock.first and tokens[clock.first - 1].word == _JUST_NOW:
            return None
        there = _there(tokens, clock, now)
        spans = [span for span in dates.find(tokens, Asked(there.date(), ahead=True)) if not _is_behind(tokens, span)]
        numbered = (span for span in spans if any(token.is_number for token in tokens[span.first : span.last]))
        span = next(numbered, next(iter(spans), None))  # of *Senin tanggal 25*, the number is meant
        named = date.fromisoformat(span.value) if span else None
        weekday = span is not None and any(token.raw in WEEKDAYS for token in tokens[span.first : span.last])
        parts = parts_named(tokens)
        if clock is not None and not clock.certain and len(parts) == 1:
            clock = clock.within(parts[0])
        words = {token.word for token in tokens}
        part = clock.part if clock and clock.part in PARTS else next(iter(parts), "")
        said = cls(clock, part, named, weekday, "besok" in words, "nanti" in words, _is_an_end(tokens, clock), there)
        return said if clock or named or part else None

    def moment(self) -> Moment | None:
        found = self._moment()
        if isinstance(found, Past) and self.later_today and self._is_this_morning(found.at):
            return found.at + _DAY  # "nanti subuh"
        if isinstance(found, Past) and self.clock is not None and self.clock.minutes == 0 and self._is_today(found.at):
            return found.at + _DAY  # *hari ini jam 00.00* is where this day ends
        if isinstance(found, Past) and self.weekday and self.named == self.now.date():
            return found.at + timedelta(days=7)
        if isinstance(found, datetime) and self.ended and found.hour < _NIGHT_ENDS:
            return found - timedelta(minutes=1)  # *sebelum jam 12 malam* is of that evening
        return found

    def _is_this_morning(self, at: datetime) -> bool:
        return self._is_today(at) and at.hour < _NOON

    def _is_today(self, at: datetime) -> bool:
        return at.date() == self.now.date()

    def _moment(self) -> Moment | None:
        day, now = self._day(), self.now
        ahead = (day - now.date()).days if day else 0
        if self.clock is None:
            if self.part in {"", EVENING} and ahead == 0:
                return SomeTime.TONIGHT
            if ahead == 1 and self.part in {"", "pagi"}:
                return SomeTime.TOMORROW_MORNING
            return self._part_of(day)
        if self.clock.certain:
            return self._certain(self.clock, day)
        return self._next_such(self.clock, day)

    def _day(self) -> date | None:
        """Return the day that is named; in the small hours *besok* is the day that is about to come."""
        if self.named and self.tomorrow and self.now.hour < _SLEPT_BY:
            return max(self.named - _DAY, self.now.date())
        return self.named

    def _part_of(self, day: date | None) -> Moment:
        """Return the hour that stands for a part of the day; while it lasts, the next full hour of it."""
        minutes = PARTS.get(self.part, PARTS["pagi"])
        at = _at(day or self.now.date(), minutes, self.now)
        if at > self.now:
            return at
        soon = self.now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if soon.date() == at.date() and soon.hour < _PART_ENDS.get(self.part, 0):
            return soon
        return Past(at) if day else at + _DAY

    def _certain(self, clock: ClockTime, day: date | None) -> Moment:
        at = _at(day or self.now.date(), clock.minutes, self.now)
        at_night = self.part == EVENING and clock.minutes % 1440 < _NIGHT_ENDS * 60
        if day and at_night and not (day == self.now.date() and self.now.hour < _NIGHT_ENDS and at > self.now):
            at = _at(day + _DAY, clock.minutes % 1440, self.now)
        if at > self.now:
            return at
        return Past(at) if day else at + _DAY

    def _next_such(self, clock: ClockTime, day: date | None) -> Moment:
        """Return the next of the hours that may be meant."""
        first = _at(day or self.now.date(), clock.minutes, self.now)
        match day:
            case None:
                options = [first + step * _HALF_A_DAY for step in range(5)]
            case today if today == self.now.date():
                options = [first, first + _HALF_A_DAY]
            case _:
                options = [first + _HALF_A_DAY if clock.minutes < (_AFTERNOON_ENDS + 1) * 60 else first]
        return next((at for at in options if at > self.now and self._is_meant(at)), Past(options[-1]))

    def _is_meant(self, at: datetime) -> bool:
        """Whether such an hour is meant without a part of the day: none at night, unless it is night."""
        if at.hour == 0:
            return self.later_today or self.now.hour >= _EVENING_BEGINS
        return at.hour >= _NIGHT_ENDS or self.now.hour < _NIGHT_ENDS


def _is_an_end(tokens: list[Token], clock: ClockTime | None) -> bool:
    return clock is not None and clock.first > 0 and tokens[clock.first - 1].word == _BEFORE


def _is_behind(tokens: list[Token], span: Span) -> bool:
    """Tell whether a day is only that of *tadi*, *barusan*."""
    return [token.word for token in tokens[span.first : span.last]] == [_JUST_NOW]


def _clock(tokens: list[Token], *, asked_for: bool) -> ClockTime | None:
    found = _asked_of(tokens, list(hours.clocks(tokens)))
    if found is None and (midnight := _midnight(tokens)) is not None:
        return ClockTime(0, midnight, midnight, EVENING, certain=True)
    if found is not None:
        return found
    bare = next((each for each in hours.clocks(tokens, asked_for=True) if _is_number(tokens, each)), None)
    if bare is not None and any(span.first <= bare.first < span.last for span in dates.find(tokens, _ANY_DAY)):
        return None
    return bare if bare and (asked_for or bare.part) else None


def _asked_of(tokens: list[Token], found: list[ClockTime]) -> ClockTime | None:
    """Return the first hour, or the one that is asked for by name: *jam 5 pulang, ingatkan jam 8*."""
    reminds = next((at for at, token in enumerate(tokens) if token.word == "ingatkan"), 0)
    return next((clock for clock in found if clock.first > reminds), next(iter(found), None))


def _is_number(tokens: list[Token], clock: ClockTime) -> bool:
    return tokens[clock.first].word not in PARTS and (clock.first == 0 or tokens[clock.first - 1].word != "tanggal")


def _midnight(tokens: list[Token]) -> int | None:
    """Return where midnight is named, if it is."""
    for at, token in enumerate(tokens):
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if token.raw == "midnight" or (token.word, following) == ("tengah", "malam"):
            return at
    return None


def _there(tokens: list[Token], clock: ClockTime | None, now: datetime) -> datetime:
    """Return `now` on the clock of the zone that is named with the hour."""
    if clock is None:
        return now
    named = (_ZONES.get(token.raw) for token in tokens[clock.last : clock.last + 2])
    zone = next((zone for zone in named if zone), None) or _zone_of_a_town(tokens, clock.last)
    return now.astimezone(zone.tz) if zone else now


def _zone_of_a_town(tokens: list[Token], at: int) -> Zone | None:
    """Return the zone of *jam 9 waktu Makassar*, *jam 9 jam Bali*, *9 pm Bali time*."""
    near = tokens[at : at + 3]
    if not any(token.word in _OF_A_CLOCK for token in near):
        return None
    spans = names.find(near, Asked(date.min, frozenset({"zone"})))
    return next((Zone(span.value) for span in spans if span.kind == "zone"), None)


def _before(cutoff: datetime, early: timedelta, tokens: list[Token], now: datetime) -> Moment:
    """Return so long before the cutoff; days before it at the hour that is named, else in the morning."""
    at = (cutoff - early).astimezone(now.tzinfo).replace(second=0, microsecond=0)
    if early >= _DAY:
        at = (cutoff.astimezone(Zone.WIB.tz) - early).replace(tzinfo=now.tzinfo)  # days are those of WIB
        at = _at(at.date(), _minutes(tokens), at)
    return at if at > now else Past(at)


def _on_the_last_day(cutoff: datetime, tokens: list[Token], now: datetime) -> Moment:
    """Return the hour that is named, else the morning, of the last day to buy, which is one of WIB."""
    at = _at(cutoff.astimezone(Zone.WIB.tz).date(), _minutes(tokens), now)
    if at > now:
        return at
    return Past(at) if _clock(tokens, asked_for=False) or at.date() != now.date() else SomeTime.TONIGHT


def _minutes(tokens: list[Token]) -> int:
    """Return the hour of a day that is named by the cutoff: the one that is told, else that of a part of the day."""
    clock, parts = _clock(tokens, asked_for=False), parts_named(tokens)
    if clock is None:
        return PARTS[parts[0] if parts else "pagi"]
    return (clock.within(parts[0]) if parts and not clock.certain else clock).minutes


def _at(day: date, minutes: int, on_clock_of: datetime) -> datetime:
    return datetime.combine(day, time(), on_clock_of.tzinfo) + timedelta(minutes=minutes)
