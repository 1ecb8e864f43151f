"""Numbered dates: *21 oktober*, *21/10*, *tanggal 5 bulan depan*, "october 21st", "on the 18th"."""

from __future__ import annotations

from datetime import date

from handlers.understanding.entities.days import MONTHS, day, in_month, of_some_month, shifted
from handlers.understanding.entities.numbers import small
from handlers.understanding.entities.waves import COUNTED
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

Read = tuple[date, int] | None
"""A date and the place after it."""

_ENGLISH_MONTHS = frozenset(
    ("october", "oct", "january", "february", "march", "june", "july", "august", "aug", "december", "dec")
)
"""Months that are named before their day; *september 21* may be a year's in Indonesian."""
_ORDINAL = frozenset({"st", "nd", "rd", "th"})


def written(tokens: list[Token], at: int, today: date, leaning: int) -> Read:
    """ "21 oktober 2021", "21/10", "21-10-2021", "2021-10-21", "october 21"."""
    start = at + 1 if tokens[at].word == "tanggal" else at
    if start >= len(tokens):
        return None
    if tokens[start].is_number:
        return _in_digits(tokens, start, today, leaning, said_date=start > at) or _with_month(
            tokens, start, today, leaning
        )
    if tokens[start].raw in _ENGLISH_MONTHS:
        read = small(tokens, start + 1)
        after = _past_ordinal(tokens, read[1]) if read else 0
        found = read and in_month(read[0], MONTHS[tokens[start].raw], _year(tokens, after), today, leaning)
        return (found, after) if found else None
    return _with_month(tokens, start, today, leaning)


def _with_month(tokens: list[Token], start: int, today: date, leaning: int) -> Read:
    read = small(tokens, start)
    if read is None or read[1] >= len(tokens):
        return None
    number, after = read[0], _past_ordinal(tokens, read[1])
    after += tokens[after].raw == "of" if after < len(tokens) else 0
    if after >= len(tokens):
        return None
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


def day_of_month(tokens: list[Token], at: int, today: date, leaning: int) -> Read:
    """ "tanggal 5", "tanggal 5 bulan depan", "tanggal lima kemarin", "tanggal 3 bulan 10", "21 bulan depan"."""
    said = tokens[at].word == "tanggal"
    if (read := small(tokens, at + said)) is None:
        return None
    number, after = read
    if _is_ordinal_day(tokens, at, after):
        return _found(of_some_month(number, today, leaning), after + 1) if 1 <= number <= 31 else None
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


def _is_ordinal_day(tokens: list[Token], at: int, after: int) -> bool:
    """Whether a number is the day of "on the 18th", not the 2 of "the 2nd course"."""
    last = _past_ordinal(tokens, after)
    if last == after or not at or tokens[at - 1].raw not in cues("before a numbered day"):
        return False
    following = tokens[last].raw if last < len(tokens) else ""
    return not following.isalpha() or following in cues("after a numbered day")


def _past_ordinal(tokens: list[Token], after: int) -> int:
    """Return the place after the "th" of "14th", or the same place where there is none."""
    joined = after < len(tokens) and tokens[after].raw in _ORDINAL and tokens[after].start == tokens[after - 1].end
    return after + joined


def _year(tokens: list[Token], at: int) -> int | None:
    token = tokens[at] if at < len(tokens) else None
    return int(token.raw) if token and token.is_number and len(token.raw) == 4 and token.raw[:2] == "20" else None


def _found(when: date | None, after: int) -> Read:
    return (when, after) if when else None
