"""Hours of the day as people say them: "19.30", "jam 8 malam", "stgh 8 malem", "abis maghrib"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from handlers.understanding.entities.clock_time import EVENING, NAMED_PARTS, PARTS, ZONES, ClockTime, in_part, placed
from handlers.understanding.entities.numbers import small, value_of
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

KIND = "hour"
_PRAYERS = {
    "subuh": 300, "dhuha": 480, "duha": 480, "dzuhur": 750, "zuhur": 750, "dhuhur": 750, "duhur": 750, "lohor": 750,
    "luhur": 750, "jumatan": 780, "ashar": 945, "asar": 945, "azhar": 945, "maghrib": 1110, "magrib": 1110,
    "mahgrib": 1110, "isya": 1170, "isa": 1170, "isyak": 1170, "tarawih": 1230, "sahur": 240, "dini": 180,
}  # fmt: skip
_TWELVE = {"midnight": (0, EVENING), "noon": (720, "siang"), "midday": (720, "siang")}
"""Twelve o'clock by its name: minutes of the day, and the part of it."""
_OCLOCK = frozenset({"oclock", "o clock"})
_AT = frozenset({"at", "@"})
_LEAD = frozenset({"jam", "setengah"})
_HALF = "setengah"


def begins(raw: str, word: str) -> bool:
    """Whether an hour may begin with a token."""
    return word in _LEAD or raw in _PRAYERS or raw.isdecimal() or raw in _AT or word in _shifts()


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield the hours; a part of the day ("pagi") or a bare number only when an hour was asked for."""
    for clock in clocks(tokens, asked_for=KIND in asked.kinds):
        yield Span(KIND, f"{clock.minutes // 60 % 24:02d}:{clock.minutes % 60:02d}", clock.first, clock.last)


def clocks(tokens: list[Token], *, asked_for: bool = False) -> Iterator[ClockTime]:
    """Yield the hours with what was said about them; where one was asked for, also a bare number or part of a day."""
    at, found = 0, False
    while at < len(tokens):
        token = tokens[at]
        likely = begins(token.raw, token.word)
        clock = _one(tokens, at) if likely else None
        if clock is None:
            at += 1
            continue
        found = True
        yield clock
        at = clock.last
    if not found and asked_for:
        yield from _bare(tokens)


def _one(tokens: list[Token], at: int) -> ClockTime | None:
    return (
        _prayer(tokens, at)
        or _spoken(tokens, at)
        or _shifted(tokens, at)
        or _after_at(tokens, at)
        or (_written(tokens, at) if tokens[at].is_number else None)
    )


@cache
def _shifts() -> dict[str, int]:
    """Return by how many minutes the hour named behind it is moved: *lewat 30* is "half past"."""
    return {f"{way} {by}": sign * by for way, sign in (("lewat", 1), ("kurang", -1)) for by in (5, 10, 15, 20, 25, 30)}


def _shifted(tokens: list[Token], at: int) -> ClockTime | None:
    """ "half past eight", "quarter to 10 pm"."""
    shift, read = _shifts().get(tokens[at].word), small(tokens, at + 1)
    if shift is None:
        return None
    twelve = tokens[at + 1].raw if at + 1 < len(tokens) else ""
    if twelve in _TWELVE:
        minutes, part = _TWELVE[twelve]
        return ClockTime((minutes + shift) % 1440, at, at + 2, part, certain=True)
    if read is None or not 0 < read[0] <= 12:
        return None
    return placed(tokens, read[0] * 60 + shift, read[1], at, certain=False)


def _after_at(tokens: list[Token], at: int) -> ClockTime | None:
    """ "at 9", "tonight at nine"; not "at 9 percent", nor the hour of "at 9.30", which is found by itself."""
    read = small(tokens, at + 1) if tokens[at].raw in _AT else None
    if read is None or read[0] > 24:
        return None
    hour, after = read
    if after < len(tokens) and (
        tokens[after].raw in {".", ":"} and after + 1 < len(tokens) and tokens[after + 1].is_number
    ):
        return None
    if _is_counting(tokens, after):
        return None
    after += after < len(tokens) and tokens[after].word == "jam"
    return placed(tokens, hour * 60, after, at, certain=hour > 12 or hour == 0)


def _prayer(tokens: list[Token], at: int) -> ClockTime | None:
    minutes = _PRAYERS.get(tokens[at].raw)
    if minutes is None or at == 0 or tokens[at - 1].word not in cues("beside a prayer"):
        return None
    return ClockTime(minutes - 30 * (tokens[at - 1].word == "sebelum"), at, at + 1, certain=True)


def _spoken(tokens: list[Token], at: int) -> ClockTime | None:
    """ "jam 8 malam", "jam setengah delapan", "setengah 8 malem", "jam 7 lewat 15", "jam 8 kurang seperempat"."""
    if tokens[at].word not in _LEAD:
        return None
    said = tokens[at].word == "jam"
    start = at + said
    half = start < len(tokens) and tokens[start].word == "setengah"
    start += half
    read = None if half else _four_digits(tokens, start)
    if read is not None:
        return placed(tokens, *read, at, certain=True)
    number = small(tokens, start)
    if number is not None and number[0] > 24 and not tokens[start].is_number:
        number = _digit_alone(tokens, start)  # "jam tujuh tiga puluh" is no seventy-three
    if number is None or number[0] > 24:
        return None
    hour, after = number
    minutes = hour * 60 - 30 * half
    if not half:
        minutes, after = _with_minutes(tokens, minutes, after)
    clock = placed(tokens, minutes, after, at, certain=hour > 12 or hour == 0 or tokens[start].raw.startswith("0"))
    return _with_minutes_behind(tokens, clock) if said or clock.part else None


def _with_minutes_behind(tokens: list[Token], clock: ClockTime) -> ClockTime:
    """ "jam 10 malam kurang seperempat": the minutes behind the part of the day."""
    following = tokens[clock.last].raw if clock.last < len(tokens) else ""
    if not clock.part or following not in cues("earlier than an hour") | cues("later than an hour"):
        return clock
    minutes, last = _with_minutes(tokens, clock.minutes, clock.last)
    return clock._replace(minutes=minutes, last=last)


def _four_digits(tokens: list[Token], start: int) -> tuple[int, int] | None:
    """ "jam 1945": minutes of the day and the place after them."""
    raw = tokens[start].raw if start < len(tokens) else ""
    fits = raw.isdecimal() and len(raw) == 4 and int(raw[:2]) < 24 and int(raw[2:]) < 60
    return (int(raw[:2]) * 60 + int(raw[2:]), start + 1) if fits else None


def _digit_alone(tokens: list[Token], start: int) -> tuple[int, int] | None:
    digit = value_of(tokens[start])
    return (digit, start + 1) if digit is not None and digit <= 12 else None


def _with_minutes(tokens: list[Token], minutes: int, after: int) -> tuple[int, int]:
    following = tokens[after].raw if after < len(tokens) else ""
    earlier = following in cues("earlier than an hour")
    if earlier or following in cues("later than an hour"):
        return _moved(minutes, _fraction(tokens, after + 1) or small(tokens, after + 1), after, earlier=earlier)
    if following == _HALF:
        return minutes + 30, after + 1
    if following in {".", ":", ","}:
        read = small(tokens, after + 1) if len(tokens[after + 1 : after + 2]) else None
        return _moved(minutes, read if read and len(tokens[after + 1].raw) == 2 else None, after, earlier=False)
    read = small(tokens, after) if after < len(tokens) else None
    apart = read is not None and read[0] >= 10 and _ends_there(tokens, read[1])
    return _moved(minutes, read if apart else None, after, earlier=False)


def _fraction(tokens: list[Token], at: int) -> tuple[int, int] | None:
    word = tokens[at].word if at < len(tokens) else ""
    return (15, at + 1) if word in cues("a quarter") else (30, at + 1) if word == _HALF else None


def _moved(minutes: int, by: tuple[int, int] | None, after: int, *, earlier: bool) -> tuple[int, int]:
    if by is None or by[0] > 59:
        return minutes, after
    return minutes + (-by[0] if earlier else by[0]), by[1]


def _ends_there(tokens: list[Token], after: int) -> bool:
    """Whether "7 30" is an hour: nothing is counted by its second number."""
    return after == len(tokens) or tokens[after].word in NAMED_PARTS | ZONES | {"ya", "aja"}


def _written(tokens: list[Token], at: int) -> ClockTime | None:
    """ "19:30", "23.59": two digits for the minutes, and no longer number around them; "8 pm"."""
    part = tokens[at : at + 3]
    if len(part) > 1 and part[1].word in {"am", "pm"} and int(part[0].raw) <= 12:
        return ClockTime(in_part(int(part[0].raw) * 60, part[1].word), at, at + 2, part[1].word, certain=True)
    if len(part) > 1 and part[1].raw in _OCLOCK and int(part[0].raw) <= 12:
        return placed(tokens, int(part[0].raw) * 60, at + 2, at, certain=False)
    if len(part) < 3 or part[1].raw not in {":", "."} or not (part[0].is_number and part[2].is_number):
        return None
    joined = part[0].end == part[1].start and part[1].end == part[2].start
    fits = len(part[0].raw) <= 2 and len(part[2].raw) == 2 and int(part[0].raw) <= 24 and int(part[2].raw) <= 59
    if not joined or not fits or _goes_on(tokens, at + 3) or (at and tokens[at - 1].end == part[0].start):
        return None
    hour = int(part[0].raw)
    certain = hour > 12 or part[0].raw.startswith("0")
    return placed(tokens, hour * 60 + int(part[2].raw), at + 3, at, certain=certain)


def _goes_on(tokens: list[Token], after: int) -> bool:
    if after >= len(tokens):
        return False
    mark = tokens[after]
    if mark.raw in {".", "/", "-"} and after + 1 < len(tokens):
        return tokens[after + 1].is_number and tokens[after + 1].start == mark.end
    return mark.word in {"juta", "ribu", "%"}


def _hour_follows(tokens: list[Token], at: int) -> bool:
    """Whether a bare hour stands right behind a part of the day: "tonight 9"."""
    read = small(tokens, at)
    return read is not None and read[0] <= 24 and _ends_there(tokens, read[1])


def _is_counting(tokens: list[Token], after: int) -> bool:
    """Whether a number says how many: "3x", "5 kali", "2 orang"."""
    following = {tokens[after].raw, tokens[after].word} if after < len(tokens) else set()
    return bool(following & (cues("counted things") - {"jam"}))


def _bare(tokens: list[Token]) -> Iterator[ClockTime]:
    for at, token in enumerate(tokens):
        if (token.word in PARTS or token.raw in _PRAYERS) and not _hour_follows(tokens, at + 1):
            minutes = PARTS.get(token.word, _PRAYERS.get(token.raw, 0))
            yield ClockTime(minutes, at, at + 1, token.word if token.word in PARTS else "", certain=True)
            return
        read = small(tokens, at)
        if read and read[0] <= 24 and len(tokens) <= 6 and not _is_counting(tokens, read[1]):
            yield placed(tokens, read[0] * 60, read[1], at, certain=read[0] > 12 or token.raw.startswith("0"))
            return
