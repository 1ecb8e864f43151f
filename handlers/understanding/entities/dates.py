"""Dates as people say them, resolved against the person's own date; a date that does not exist is no date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from handlers.understanding.entities.days import WEEKDAYS, of_some_month
from handlers.understanding.entities.numbered_dates import Read, day_of_month, written
from handlers.understanding.entities.numbers import is_numeral, small, value_of
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

KIND = "date"
_PAST = cues("past")
_FUTURE = cues("future")
_STARTS = cues("beginnings of dates")
_ORDER = {"next": 1, "coming": 1, "last": -1}
_NO_WEEK_AFTER = frozenset({"beberapa", "berapa", "tiap", "setiap", "hari"})
_PART_OF_DAY = frozenset({"pagi", "siang", "sore", "malam", "subuh", "maghrib"})


@lru_cache(maxsize=20_000)
def begins(raw: str, word: str) -> bool:
    """Whether a date may begin with a token."""
    return word in _STARTS or raw in _STARTS or raw in WEEKDAYS or is_numeral(raw)


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield the dates; a bare day of the month only when a date was asked for."""
    leaning = int(asked.ahead) or _leaning(tokens)
    at, found = 0, False
    while at < len(tokens):
        token = tokens[at]
        if not begins(token.raw, token.word):
            at += 1
            continue
        read = (
            written(tokens, at, asked.today, leaning)
            or day_of_month(tokens, at, asked.today, leaning)
            or _relative(tokens, at, asked.today)
            or _counted(tokens, at, asked.today)
            or _week(tokens, at, asked.today)
            or _eve(tokens, at, asked.today, leaning)
            or _weekday(tokens, at, asked.today, leaning)
        )
        if read is None:
            at += 1
            continue
        found = True
        yield Span(KIND, read[0].isoformat(), at, read[1])
        at = read[1]
    if not found and KIND in asked.kinds:
        yield from _bare(tokens, asked.today, leaning)


def _leaning(tokens: list[Token]) -> int:
    """-1 if the message speaks of the past, 1 of the future, 0 if it does not say."""
    words = {token.word for token in tokens}
    past, future = not words.isdisjoint(_PAST), not words.isdisjoint(_FUTURE)
    return (future > past) - (past > future)


_SAYING = frozenset({"bilang", "sebut", "ngomong", "tulis", "jawab", "kubilang", "ketik"})
_ONE_WORD = {"hari ini": 0, "besok": 1, "kemarin": -1, "lusa": 2, "semalam": -1, "tadi": 0, "kemarin lusa": -2}


def _relative(tokens: list[Token], at: int, today: date) -> Read:
    """ "kemarin", "kemarin lusa", "tadi malam", "nanti sore", "malam ini"."""
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    two = {
        ("kemarin", "lusa"): -2, ("kemarin", "dulu"): -2, ("besok", "lusa"): 2, ("tadi", "malam"): -1,
        ("hari", "ini"): 0, ("kemarin", "kemarin"): None,
    }  # fmt: skip
    days: int | None
    if (word, following) in two:
        days, after = two[word, following], at + 2
    elif word in {"nanti", "besok", "tadi", "kemarin"} and following in _PART_OF_DAY:
        days, after = {"besok": 1, "kemarin": -1}.get(word, 0), at + 2
    elif (word in _PART_OF_DAY and following == "ini") or (word == "ini" and following in _PART_OF_DAY):
        days, after = 0, at + 2
    elif word == "tadi" and any(token.word in _SAYING for token in tokens[at + 1 : at + 4]):
        return None  # *kan tadi saya bilang 10 oktober*
    else:
        days, after = _ONE_WORD.get(word), at + 1
    return None if days is None else (today + timedelta(days=days), after)


_WHITHER = {"lalu": -1, "kemarin": -1, "lagi": 1, "depan": 1, "nanti": 1}


def _counted(tokens: list[Token], at: int, today: date) -> Read:
    """ "3 hari lalu", "dua minggu yang lalu", "5 hari lagi", "seminggu lalu"."""
    if tokens[at].raw in {"seminggu", "sepekan"}:
        count, unit, after = 1, "minggu", at + 1
    elif tokens[at].raw == "sehari":
        count, unit, after = 1, "hari", at + 1
    else:
        read = small(tokens, at)
        if read is None or read[1] >= len(tokens):
            return None
        count, unit, after = read[0], tokens[read[1]].word, read[1] + 1
    if unit not in {"hari", "minggu"}:
        return None
    while after < len(tokens) and tokens[after].word in {"yang", "ke", "an"} and after + 1 < len(tokens):
        after += 1
    ahead = at > 0 and tokens[at - 1].raw == "in"
    direction = 1 if ahead else _WHITHER.get(tokens[after].word if after < len(tokens) else "")
    if direction is None:
        return None
    days = count * (7 if unit == "minggu" else 1) * direction
    return today + timedelta(days=days), after + 1 - ahead


def _week(tokens: list[Token], at: int, today: date) -> Read:
    """ "minggu lalu", "minggu yang lalu", "next week": today's weekday in that week; not "beberapa minggu lalu"."""
    if tokens[at].raw in _ORDER and at + 1 < len(tokens) and tokens[at + 1].raw == "week":
        return today + timedelta(weeks=_ORDER[tokens[at].raw]), at + 2
    if tokens[at].raw not in {"minggu", "pekan"} or (at and _counts_weeks(tokens[at - 1])):
        return None
    after = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].word == "yang")
    weeks = {"lalu": -1, "kemarin": -1, "depan": 1}.get(tokens[after].word if after < len(tokens) else "")
    return None if weeks is None else (today + timedelta(weeks=weeks), after + 1)


def _counts_weeks(before: Token) -> bool:
    return before.is_number or before.word in _NO_WEEK_AFTER or before.raw in WEEKDAYS or value_of(before) is not None


def _eve(tokens: list[Token], at: int, today: date, leaning: int) -> Read:
    """ "malam minggu", "malam jumat": the evening before that day; not "jam 8 malam jumat"."""
    number = WEEKDAYS.get(tokens[at + 1].raw) if at + 1 < len(tokens) else None
    if tokens[at].word != "malam" or number is None or (at and is_numeral(tokens[at - 1].raw)):
        return None
    ahead = (number - 1 - today.weekday()) % 7
    over = at + 2 < len(tokens) and tokens[at + 2].word in {"lalu", "kemarin"}
    back = (7 - ahead) % 7 or (7 if over else 0)
    return today + timedelta(days=-back if over or leaning < 0 else ahead), at + 2 + over


_HOURLY = frozenset({"jam", "pukul", "pagi", "siang", "sore", "malam"})
"""What follows the name of a day, and never a week."""


def _weekday(tokens: list[Token], at: int, today: date, leaning: int) -> Read:
    """ "senin", "hari senin lalu"; "minggu" is a day only between "hari" and an hour, or beside one of them."""
    order = _ORDER.get(tokens[at].raw, 0)
    start = at + 1 if tokens[at].word == "hari" or order else at
    number = WEEKDAYS.get(tokens[start].raw) if start < len(tokens) else None
    following = tokens[start + 1].word if start + 1 < len(tokens) else ""
    bare_week = number == 6 and tokens[start].raw == "minggu" and start == at and following not in _HOURLY
    if number is None or bare_week:
        return None
    ahead = (number - today.weekday()) % 7
    if following in {"lalu", "kemarin"} or order < 0:
        return today - timedelta(days=(7 - ahead) if ahead else 7), start + 2 - (order < 0)
    if following in {"depan", "besok", "nanti"} or order > 0:
        return today + timedelta(days=ahead or 7), start + 2 - (order > 0)
    behind = (7 - ahead) % 7
    days = -behind if leaning < 0 or (not leaning and behind <= ahead) else ahead
    return today + timedelta(days=days), start + 1 + (following == "ini")


_UNITS = frozenset({"hari", "minggu", "bulan", "jam", "menit"})
"""What makes a number a span, which is no day of the month."""


def _since(tokens: list[Token], at: int, read: tuple[int, int], today: date) -> Iterator[Span]:
    """ "sudah dua hari", as an answer to "kapan?": so long ago."""
    days = {"hari": 1, "minggu": 7}.get(tokens[read[1]].word)
    if days is not None and any(token.word == "sudah" for token in tokens[:at]):
        yield Span(KIND, (today - timedelta(days=read[0] * days)).isoformat(), at, read[1] + 1)


def _bare(tokens: list[Token], today: date, leaning: int) -> Iterator[Span]:
    """The day alone, as an answer to "tanggal berapa?"."""
    for at in range(len(tokens)):
        read = small(tokens, at)
        if read and len(tokens) <= 5:
            if read[1] < len(tokens) and tokens[read[1]].word in _UNITS:
                yield from _since(tokens, at, read, today)
                return
            found = of_some_month(read[0], today, leaning) if 1 <= read[0] <= 31 else None
            if found:
                yield Span(KIND, found.isoformat(), at, read[1])
            return
