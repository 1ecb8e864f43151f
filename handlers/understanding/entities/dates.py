"""Dates as people say them, resolved against the person's own date; a date that does not exist is no date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from handlers.understanding.entities.days import MONTHS, WEEKDAYS, day, in_month, of_some_month, shifted
from handlers.understanding.entities.numbers import is_numeral, small, value_of
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.entities.waves import COUNTED
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

KIND = "date"
_PAST = cues("past")
_FUTURE = cues("future")
_STARTS = cues("beginnings of dates")
_NO_WEEK_AFTER = frozenset({"beberapa", "berapa", "tiap", "setiap", "hari"})
_PART_OF_DAY = frozenset({"pagi", "siang", "sore", "malam", "subuh", "maghrib"})


@lru_cache(maxsize=20_000)
def begins(raw: str, word: str) -> bool:
    """Whether a date may begin with a token."""
    return word in _STARTS or raw in WEEKDAYS or is_numeral(raw)


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
            _written(tokens, at, asked.today, leaning)
            or _day_of_month(tokens, at, asked.today, leaning)
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


def _year(tokens: list[Token], at: int) -> int | None:
    token = tokens[at] if at < len(tokens) else None
    return int(token.raw) if token and token.is_number and len(token.raw) == 4 and token.raw[:2] == "20" else None


Read = tuple[date, int] | None


def _written(tokens: list[Token], at: int, today: date, leaning: int) -> Read:
    """ "21 oktober 2021", "21/10", "21-10-2021", "2021-10-21", "october 21"."""
    start = at + 1 if tokens[at].word == "tanggal" else at
    if start >= len(tokens):
        return None
    if tokens[start].is_number:
        return _in_digits(tokens, start, today, leaning, said_date=start > at) or _with_month(
            tokens, start, today, leaning
        )
    if tokens[start].raw in {"october", "january", "february", "march", "june", "july", "august", "december"}:
        read = small(tokens, start + 1)
        found = read and in_month(read[0], MONTHS[tokens[start].raw], _year(tokens, read[1]), today, leaning)
        return (found, read[1]) if found and read else None
    return _with_month(tokens, start, today, leaning)


def _with_month(tokens: list[Token], start: int, today: date, leaning: int) -> Read:
    read = small(tokens, start)
    if read is None or read[1] >= len(tokens):
        return None
    number, after = read
    month = MONTHS.get(tokens[after].raw) or MONTHS.get(tokens[after].word)
    if month is None:
        return None
    year = _year(tokens, after + 1)
    last = after + 1 + (year is not None)
    past = last < len(tokens) and tokens[last].word in {"kemarin", "lalu"}
    return _found(in_month(number, month, year, today, -1 if past else leaning), last + past)


def _in_digits(tokens: list[Token], at: int, today: date, leaning: int, *, said_date: bool) -> Read:
    parts, marks, after = [tokens[at].raw], "", at + 1
    while (
        after + 1 < len(tokens)
        and len(parts) < 3
        and tokens[after].raw in {"/", "-", "."}
        and tokens[after + 1].is_number
        and tokens[after + 1].start == tokens[after].end
    ):
        marks += tokens[after].raw
        parts.append(tokens[after + 1].raw)
        after += 2
    numbers = [int(part) for part in parts]
    found = None
    if len(parts) == 3 and len(parts[0]) == 4:
        found = day(*numbers)
    elif len(parts) == 3 and len(parts[2]) in {2, 4} and max(numbers[:2]) <= 31:
        found = day(numbers[2] + (2000 if len(parts[2]) == 2 else 0), numbers[1], numbers[0])
    elif len(parts) == 2 and (marks == "/" or said_date) and _is_day_and_month(tokens, numbers, after):
        found = in_month(numbers[0], numbers[1], None, today, leaning)
    return (found, after) if found else None


def _is_day_and_month(tokens: list[Token], numbers: list[int], after: int) -> bool:
    counted = after < len(tokens) and tokens[after].word in COUNTED
    return 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12 and numbers not in ([24, 7], [1, 2]) and not counted


def _day_of_month(tokens: list[Token], at: int, today: date, leaning: int) -> Read:
    """ "tanggal 5", "tanggal 5 bulan depan", "tanggal lima kemarin", "tanggal 3 bulan 10", "21 bulan depan"."""
    said = tokens[at].word == "tanggal"
    if (read := small(tokens, at + said)) is None:
        return None
    number, after = read
    words = [token.word for token in tokens[after : after + 2]]
    if not said and words != ["bulan", "depan"]:
        return None
    if after < len(tokens) and tokens[after].raw in MONTHS:
        return None
    if words[:1] == ["bulan"] and len(words) > 1:
        if words[1] in {"depan", "lalu", "ini", "kemarin", "besok"}:
            step = {"depan": 1, "besok": 1, "ini": 0}.get(words[1], -1)
            return _found(shifted(today, step, number), after + 2)
        month = MONTHS.get(words[1]) or (int(words[1]) if words[1].isdecimal() and int(words[1]) <= 12 else None)
        if month:
            return _found(in_month(number, month, None, today, leaning), after + 2)
    if words[:1] in (["kemarin"], ["lalu"]):
        return _found(of_some_month(number, today, -1), after + 1)
    return _found(of_some_month(number, today, leaning), after) if 1 <= number <= 31 else None


def _found(when: date | None, after: int) -> Read:
    return (when, after) if when else None


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
    elif word in _PART_OF_DAY and following == "ini":
        days, after = 0, at + 2
    else:
        days, after = _ONE_WORD.get(word), at + 1
    return None if days is None else (today + timedelta(days=days), after)


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
    direction = {"lalu": -1, "kemarin": -1, "lagi": 1, "depan": 1}.get(
        tokens[after].word if after < len(tokens) else ""
    )
    if direction is None:
        return None
    days = count * (7 if unit == "minggu" else 1) * direction
    return today + timedelta(days=days), after + 1


def _week(tokens: list[Token], at: int, today: date) -> Read:
    """ "minggu lalu", "minggu yang lalu", "pekan depan": today's weekday in that week; not "beberapa minggu lalu"."""
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
    start = at + 1 if tokens[at].word == "hari" else at
    number = WEEKDAYS.get(tokens[start].raw) if start < len(tokens) else None
    following = tokens[start + 1].word if start + 1 < len(tokens) else ""
    bare_week = number == 6 and tokens[start].raw == "minggu" and start == at and following not in _HOURLY
    if number is None or bare_week:
        return None
    ahead = (number - today.weekday()) % 7
    if following in {"lalu", "kemarin"}:
        return today - timedelta(days=(7 - ahead) if ahead else 7), start + 2
    if following in {"depan", "besok", "nanti"}:
        return today + timedelta(days=ahead or 7), start + 2
    behind = (7 - ahead) % 7
    days = -behind if leaning < 0 or (not leaning and behind <= ahead) else ahead
    return today + timedelta(days=days), start + 1 + (following == "ini")


def _bare(tokens: list[Token], today: date, leaning: int) -> Iterator[Span]:
    """The day alone, as an answer to "tanggal berapa?"."""
    for at in range(len(tokens)):
        read = small(tokens, at)
        if read and len(tokens) <= 5:
            found = of_some_month(read[0], today, leaning) if 1 <= read[0] <= 31 else None
            if found:
                yield Span(KIND, found.isoformat(), at, read[1])
            return
