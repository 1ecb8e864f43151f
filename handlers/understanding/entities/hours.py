"""Hours of the day as people say them: "19.30", "jam 8 malam", "stgh 8 malem", "abis maghrib"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from handlers.understanding.entities.numbers import small, value_of
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

KIND = "hour"
_PRAYERS = {
    "subuh": 300, "dhuha": 480, "duha": 480, "dzuhur": 750, "zuhur": 750, "dhuhur": 750, "duhur": 750, "lohor": 750,
    "luhur": 750, "jumatan": 780, "ashar": 945, "asar": 945, "azhar": 945, "maghrib": 1110, "magrib": 1110,
    "mahgrib": 1110, "isya": 1170, "isa": 1170, "isyak": 1170, "tarawih": 1230,
}  # fmt: skip
PARTS = {"pagi": 480, "siang": 720, "sore": 960, "malam": 1140, "subuh": 300, "petang": 1080}
"""Minutes of the day that stand for a part of it."""
EVENING = "malam"
_NAMED_PARTS = frozenset({*PARTS, "am", "pm", "dini"})
_LEAD = frozenset({"jam", "setengah"})
_ZONES = frozenset({"wib", "wita", "wit"})
_OF_THE_DAY_AFTER = frozenset({"nanti", "besok", "lusa", *_ZONES})
_HALF = "setengah"


class ClockTime(NamedTuple):
    """An hour of the day over the tokens `first` up to, not including, `last`.

    `minutes` of the day, as said; `part` is the part of the day named beside it; `certain` tells that it
    can't be meant twelve hours later as well, as *jam 8* can.
    """

    minutes: int
    first: int
    last: int
    part: str = ""
    certain: bool = False

    def within(self, part: str) -> ClockTime:
        """Return the same hour in a part of the day that was named elsewhere."""
        return self._replace(minutes=_in_part(self.minutes, part), part=part, certain=True)


def begins(raw: str, word: str) -> bool:
    """Whether an hour may begin with a token."""
    return word in _LEAD or raw in _PRAYERS or raw.isdecimal()


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
        clock = (_prayer(tokens, at) or _spoken(tokens, at) or _written(tokens, at)) if likely else None
        if clock is None:
            at += 1
            continue
        found = True
        yield clock
        at = clock.last
    if not found and asked_for:
        yield from _bare(tokens)


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
        return _placed(tokens, *read, at, certain=True)
    number = small(tokens, start)
    if number is not None and number[0] > 24 and not tokens[start].is_number:
        number = _digit_alone(tokens, start)  # "jam tujuh tiga puluh" is no seventy-three
    if number is None or number[0] > 24:
        return None
    hour, after = number
    minutes = hour * 60 - 30 * half
    if not half:
        minutes, after = _with_minutes(tokens, minutes, after)
    clock = _placed(tokens, minutes, after, at, certain=hour > 12 or hour == 0 or tokens[start].raw.startswith("0"))
    return clock if said or clock.part else None


def _four_digits(tokens: list[Token], start: int) -> tuple[int, int] | None:
    """ "jam 1945": minutes of the day and the place after them."""
    raw = tokens[start].raw if start < len(tokens) else ""
    fits = raw.isdecimal() and len(raw) == 4 and int(raw[:2]) < 24 and int(raw[2:]) < 60
    return (int(raw[:2]) * 60 + int(raw[2:]), start + 1) if fits else None


def _digit_alone(tokens: list[Token], start: int) -> tuple[int, int] | None:
    digit = value_of(tokens[start])
    return (digit, start + 1) if digit is not None and digit <= 12 else None


def _placed(tokens: list[Token], minutes: int, after: int, first: int, *, certain: bool) -> ClockTime:
    """Return the clock with the part of the day that is named behind or before it."""
    part, after = _part_of_day(tokens, after)
    part = part or _part_before(tokens, first)
    return ClockTime(_in_part(minutes, part), first, after, part, certain or bool(part))


def _part_before(tokens: list[Token], at: int) -> str:
    """The "malam" of "nanti malam jam 8", "malam ini sekitar jam 8"; not that of "selamat malam"."""
    place = at - 1
    while place >= 0 and at - place <= 3 and tokens[place].word in cues("between a part of the day and its hour"):
        place -= 1
    if place < 0 or tokens[place].word not in PARTS:
        return ""
    greeted = place > 0 and tokens[place - 1].word == "selamat"
    return "" if greeted else tokens[place].word


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
    return after == len(tokens) or tokens[after].word in _NAMED_PARTS | _ZONES | {"ya", "aja"}


def _part_of_day(tokens: list[Token], after: int) -> tuple[str, int]:
    """Return the part of the day behind an hour, and the place after it; "malam ini" is a day, and left as such."""
    place = after
    while (
        place < len(tokens)
        and place - after < 3
        and tokens[place].word in cues("between an hour and its part of the day")
    ):
        place += 1
    if place >= len(tokens) or tokens[place].word not in _NAMED_PARTS:
        return "", after + _joined_an(tokens, after)
    far = any(token.word in _OF_THE_DAY_AFTER for token in tokens[after:place])
    this = place + 1 < len(tokens) and tokens[place + 1].word == "ini"
    return tokens[place].word, after if far or this else place + 1


def _joined_an(tokens: list[Token], after: int) -> bool:
    """Whether the "an" of "jam 8an" stands there."""
    return after < len(tokens) and tokens[after].raw == "an" and tokens[after].start == tokens[after - 1].end


def _in_part(minutes: int, part: str) -> int:
    hour = minutes // 60
    if part == EVENING:
        return minutes + 720 if 5 <= hour <= 11 else minutes % 720 if hour == 12 else minutes
    if part == "siang":
        return minutes + 720 if hour <= 5 else minutes
    if part in {"sore", "petang", "pm"}:
        return minutes + 720 if hour < 12 else minutes
    return minutes % 720 if hour == 12 and part in {"pagi", "dini", "am"} else minutes


def _written(tokens: list[Token], at: int) -> ClockTime | None:
    """ "19:30", "23.59": two digits for the minutes, and no longer number around them; "8 pm"."""
    part = tokens[at : at + 3]
    if len(part) > 1 and part[1].raw in {"am", "pm"} and int(part[0].raw) <= 12:
        return ClockTime(_in_part(int(part[0].raw) * 60, part[1].raw), at, at + 2, part[1].raw, certain=True)
    if len(part) < 3 or part[1].raw not in {":", "."} or not (part[0].is_number and part[2].is_number):
        return None
    joined = part[0].end == part[1].start and part[1].end == part[2].start
    fits = len(part[0].raw) <= 2 and len(part[2].raw) == 2 and int(part[0].raw) <= 24 and int(part[2].raw) <= 59
    if not joined or not fits or _goes_on(tokens, at + 3) or (at and tokens[at - 1].end == part[0].start):
        return None
    hour = int(part[0].raw)
    certain = hour > 12 or part[0].raw.startswith("0")
    return _placed(tokens, hour * 60 + int(part[2].raw), at + 3, at, certain=certain)


def _goes_on(tokens: list[Token], after: int) -> bool:
    if after >= len(tokens):
        return False
    mark = tokens[after]
    if mark.raw in {".", "/", "-"} and after + 1 < len(tokens):
        return tokens[after + 1].is_number and tokens[after + 1].start == mark.end
    return mark.word in {"juta", "ribu", "%"}


def _bare(tokens: list[Token]) -> Iterator[ClockTime]:
    for at, token in enumerate(tokens):
        if token.word in PARTS or token.raw in _PRAYERS:
            minutes = PARTS.get(token.word, _PRAYERS.get(token.raw, 0))
            yield ClockTime(minutes, at, at + 1, token.word if token.word in PARTS else "", certain=True)
            return
        read = small(tokens, at)
        if read and read[0] <= 24 and len(tokens) <= 6:
            yield _placed(tokens, read[0] * 60, read[1], at, certain=read[0] > 12 or token.raw.startswith("0"))
            return
