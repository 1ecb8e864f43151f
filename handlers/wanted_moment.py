"""When a person wants to be reminded: a day, an hour, a part of the day, or so long from now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from handlers.understanding import find_entities
from handlers.understanding.entities.numbers import small
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import Token, cut

TONIGHT: Final = "tonight"
TOMORROW_MORNING: Final = "tomorrow_morning"

_PARTS: Final = {"subuh": time(5), "pagi": time(8), "siang": time(12), "sore": time(16), "petang": time(18)}
_EVENING: Final = frozenset({"malam", "tonight"})
_UNITS: Final = {
    "jam": timedelta(hours=1), "hour": timedelta(hours=1), "hours": timedelta(hours=1),
    "menit": timedelta(minutes=1), "minute": timedelta(minutes=1), "minutes": timedelta(minutes=1),
}  # fmt: skip
_ONES: Final = {"sejam": timedelta(hours=1), "semenit": timedelta(minutes=1)}


def heard_moment(text: str, now: datetime) -> str | None:
    """Read an answer to *when?*: what `wanted_moment` returns, or a moment already written in ISO 8601."""
    if text in {TONIGHT, TOMORROW_MORNING} or _is_moment(text):
        return text
    found = {entity.kind: entity.value for entity in reversed(find_entities(text, today=now.date()))}
    return wanted_moment(text, found.get("date"), found.get("hour"), now)


def wanted_moment(said: str, day: str | None, hour: str | None, now: datetime) -> str | None:
    """Return the moment that is wanted, in ISO 8601 on the clock of `now`; None where none ahead was named.

    `day` and `hour` are what was found in `said`, as `2021-10-21` and `22:00`. The evening and the morning
    without an hour are `tonight` and `tomorrow_morning`. An hour without a part of the day is the next such
    hour: *jam 8* at nine in the morning means 20.00.
    """
    tokens = spell(cut(said))
    if (left := _so_long(tokens)) is not None:
        return _written(now + left)
    words = {word for token in tokens for word in (token.word, token.raw)}
    named = date.fromisoformat(day) if day else None
    part = next((at for name, at in _PARTS.items() if name in words), None)
    clock = time.fromisoformat(hour) if hour else part
    ahead = (named - now.date()).days if named else 0
    if clock is None and (named or words & _EVENING) and ahead == 0:
        return TONIGHT
    if ahead == 1 and hour is None and clock in {None, _PARTS["pagi"]} and not words & _EVENING:
        return TOMORROW_MORNING
    if clock is None:
        clock = time(19) if words & _EVENING else _PARTS["pagi"]
    if not (named or hour or part):
        return None
    at = datetime.combine(named or now.date(), clock, now.tzinfo)
    vague = part is None and not words & _EVENING and at.hour < 12
    return _written(_next(at, now, vague=vague, any_day=named is None), now)


def _next(at: datetime, now: datetime, *, vague: bool, any_day: bool) -> datetime:
    if at > now:
        return at
    evening = at + timedelta(hours=12)
    if vague and evening > now:
        return evening
    return at + timedelta(days=1) if any_day else at


def _so_long(tokens: list[Token]) -> timedelta | None:
    """Read *2 jam lagi*, *setengah jam lagi*, *in 30 minutes*."""
    words = [token.word for token in tokens]
    for place, word in enumerate(words):
        if "lagi" not in words[place + 1 : place + 3] and "in" not in {token.raw for token in tokens[:place]}:
            continue
        if word in _ONES:
            return _ONES[word]
        unit = _UNITS.get(word) or _UNITS.get(tokens[place].raw)
        count = _count(tokens, place) if unit else None
        if unit and count is not None:
            return unit * count
    return None


def _count(tokens: list[Token], end: int) -> float | None:
    if end and tokens[end - 1].word == "setengah":
        return 0.5
    reads = (small(tokens, start) for start in range(max(0, end - 3), end))
    return next((float(read[0]) for read in reads if read and read[1] == end), None)


def _written(at: datetime, after: datetime | None = None) -> str | None:
    return None if after and at <= after else at.isoformat(timespec="minutes")


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
