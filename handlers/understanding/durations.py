"""So long from now, or before the end: *2 jam lagi*, *setengah jam lagi*, *1,5 jam lagi*, *sejam sebelum batas*."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from handlers.understanding.entities.numbers import small
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

_HOUR, _MINUTE, _DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
_UNITS = {
    "jam": _HOUR, "jaman": _HOUR, "hours": _HOUR, "menit": _MINUTE, "menitan": _MINUTE,
    "minute": _MINUTE, "minutes": _MINUTE, "mins": _MINUTE, "min": _MINUTE, "hrs": _HOUR, "hr": _HOUR,
}  # fmt: skip
_ONES = {"sejam": _HOUR, "sejaman": _HOUR, "semenit": _MINUTE}
_DAYS = {"sehari": 1, "seharian": 1, "seminggu": 7, "sepekan": 7}
_DAY_UNITS = {"hari": 1, "minggu": 7, "pekan": 7}
_HALF = "setengah"
_MINUS = frozenset(("-", "\u2013", "min", "minus", "kurang"))
_FAR = 30
"""Days before the end that anybody counts."""


class Stretch(NamedTuple):
    """A duration over the tokens `first` up to, not including, `last`."""

    length: timedelta
    first: int
    last: int


def from_now(tokens: list[Token]) -> timedelta | None:
    """Return how long from now something is wanted; None where no such thing is said."""
    return next((each.length for each in _stretches(tokens) if _is_from_now(tokens, each)), None)


def still_waited(tokens: list[Token]) -> timedelta | None:
    """Return how long is to be waited: the *2 jam* of *harus nunggu 2 jam*, not of *sudah nunggu 2 jam*."""
    for each in _stretches(tokens):
        before = [token.word for token in tokens[max(0, each.first - 3) : each.first]]
        if before[-1:] and before[-1] in cues("to wait") and "sudah" not in before:
            return each.length
    return None


def before_the_end(tokens: list[Token]) -> Stretch | None:
    """Return how long before the cutoff something is wanted; whole days where days were said."""
    if (days := next(_counted_down(tokens), None)) is not None:
        return days
    for each in (*_stretches(tokens), *_days(tokens)):
        words = [token.word for token in tokens[each.last : each.last + 4]]
        if words[:1] == ["sebelum"] and not cues("the end of a wave").isdisjoint(words[1:]):
            return each
    return None


def days_said(tokens: list[Token]) -> int | None:
    """Return how many days are said to go by, the first such number: *dicek 3 hari*, *nunggu seminggu*."""
    return next((each.length // _DAY for each in _days(tokens)), None)


def on_the_last_day(tokens: list[Token]) -> bool:
    """Whether the last day to buy is named, as a day on which something is wanted."""
    words = [token.word for token in tokens]
    return "hari terakhir" in words or ("hari", "terakhir") in pairwise(words)


def _is_from_now(tokens: list[Token], stretch: Stretch) -> bool:
    after, before = tokens[stretch.last : stretch.last + 2], tokens[max(0, stretch.first - 1) : stretch.first]
    said = {*(token.word for token in after[:1]), *(token.raw for token in after[:1])}
    both = {" ".join(token.word for token in after), " ".join(token.raw for token in after)}
    leads = {word for token in before for word in (token.word, token.raw)}
    from_here = cues("so long from now")
    return bool((said | both) & from_here or leads & cues("so long until"))


def _stretches(tokens: list[Token]) -> Iterator[Stretch]:
    at = 0
    while at < len(tokens):
        read = _one(tokens, at)
        if read is None:
            at += 1
            continue
        length, last = _and_minutes(tokens, *read)
        yield Stretch(length, at, last)
        at = last


def _one(tokens: list[Token], at: int) -> tuple[timedelta, int] | None:
    """Read *sejam*, *2 jam*, *1,5 jam*, *satu setengah jam*, *setengah jam*, *an hour*."""
    if (one := _ONES.get(tokens[at].word)) is not None:
        return one, at + 1
    count = _count(tokens, at)
    if count is None:
        return None
    number, after = count
    unit = _unit(tokens, after)
    return (unit * number, after + 1) if unit else None


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether a number is the rest of one: the 30 of *19.30*, not the 2 of *sibuk, 2 jam lagi*."""
    mark = tokens[at - 1] if at else None
    return mark is not None and mark.raw in {".", ",", ":"} and mark.end == tokens[at].start


def _count(tokens: list[Token], at: int) -> tuple[float, int] | None:
    word = tokens[at].word
    if word == _HALF or tokens[at].raw == "half":
        an = at + 1 < len(tokens) and tokens[at + 1].raw in {"an", "a"}
        return 0.5, at + 1 + an
    if word in cues("a quarter"):
        return 0.25, at + 1
    if tokens[at].raw in {"an", "a"}:
        return 1, at + 1
    if tokens[at].is_number and len(tokens[at].raw) <= 3 and not _goes_on(tokens, at):
        return _decimal(tokens, at)
    read = small(tokens, at) if not tokens[at].is_number else None
    return _and_a_half(tokens, *read) if read else None


def _decimal(tokens: list[Token], at: int) -> tuple[float, int]:
    whole = tokens[at].raw
    rest = tokens[at + 1 : at + 3]
    if len(rest) == 2 and rest[0].raw in {",", "."} and rest[1].is_number and len(rest[1].raw) == 1:
        return float(f"{whole}.{rest[1].raw}"), at + 3
    return _and_a_half(tokens, int(whole), at + 1)


def _and_a_half(tokens: list[Token], number: int, after: int) -> tuple[float, int]:
    half = after < len(tokens) and tokens[after].word == _HALF
    return number + 0.5 * half, after + half


def _and_minutes(tokens: list[Token], length: timedelta, after: int) -> tuple[timedelta, int]:
    """Add what is left of *1 jam 30 menit*, *sejam setengah*."""
    if length < _HOUR or after >= len(tokens):
        return length, after
    if tokens[after].word == _HALF:
        return length + _HOUR / 2, after + 1
    if [token.raw for token in tokens[after : after + 3]] == ["and", "a", "half"]:
        return length + _HOUR / 2, after + 3
    more = _one(tokens, after)
    return (length + more[0], more[1]) if more and more[0] < _HOUR else (length, after)


def _unit(tokens: list[Token], at: int) -> timedelta | None:
    if at >= len(tokens):
        return None
    return _UNITS.get(tokens[at].word) or _UNITS.get(tokens[at].raw)


def _counted_down(tokens: list[Token]) -> Iterator[Stretch]:
    """Yield *H-2*, *h min 1*, *h-3*: so many days before the last one."""
    for at, token in enumerate(tokens):
        minus = token.raw == "h" and at + 1 < len(tokens) and tokens[at + 1].raw in _MINUS
        read = small(tokens, at + 2) if minus and at + 2 < len(tokens) else None
        if read is not None and 0 < read[0] <= _FAR:
            yield Stretch(_DAY * read[0], at, read[1])


def _days(tokens: list[Token]) -> Iterator[Stretch]:
    for at, token in enumerate(tokens):
        if token.raw in _DAYS:
            yield Stretch(_DAY * _DAYS[token.raw], at, at + 1)
        read = small(tokens, at)
        if read and read[1] < len(tokens) and tokens[read[1]].word in _DAY_UNITS:
            yield Stretch(_DAY * read[0] * _DAY_UNITS[tokens[read[1]].word], at, read[1] + 1)
