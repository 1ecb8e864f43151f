"""Clock times: which minutes of the day an hour means with the part of the day beside it, *jam 8 malam*."""

from __future__ import annotations

from typing import NamedTuple

from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

PARTS = {"pagi": 480, "siang": 720, "sore": 960, "malam": 1140, "subuh": 300, "petang": 1080}
"""Minutes of the day that stand for a part of it."""
EVENING = "malam"
ZONES = frozenset({"wib", "wita", "wit"})
NAMED_PARTS = frozenset({*PARTS, "am", "pm", "dini"})
_OF_THE_DAY_AFTER = frozenset({"nanti", "besok", "lusa", *ZONES})


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
        return self._replace(minutes=in_part(self.minutes, part), part=part, certain=True)


def placed(tokens: list[Token], minutes: int, after: int, first: int, *, certain: bool) -> ClockTime:
    """Return the clock with the part of the day that is named behind or before it."""
    part, after = _part_of_day(tokens, after)
    part = part or _part_before(tokens, first)
    return ClockTime(in_part(minutes, part), first, after, part, certain or bool(part))


def _part_before(tokens: list[Token], at: int) -> str:
    """The "malam" of "nanti malam jam 8", "malam ini sekitar jam 8"; not that of "selamat malam"."""
    place = at - 1
    while place >= 0 and at - place <= 3 and tokens[place].word in cues("between a part of the day and its hour"):
        place -= 1
    if place < 0 or tokens[place].word not in PARTS:
        return ""
    greeted = place > 0 and tokens[place - 1].word == "selamat"
    return "" if greeted else tokens[place].word


def _part_of_day(tokens: list[Token], after: int) -> tuple[str, int]:
    """Return the part of the day behind an hour, and the place after it; "malam ini" is a day, and left as such."""
    place = after
    while (
        place < len(tokens)
        and place - after < 3
        and tokens[place].word in cues("between an hour and its part of the day")
    ):
        place += 1
    if place >= len(tokens) or tokens[place].word not in NAMED_PARTS:
        return "", after + _joined_an(tokens, after)
    far = any(token.word in _OF_THE_DAY_AFTER for token in tokens[after:place])
    this = place + 1 < len(tokens) and tokens[place + 1].word == "ini"
    return tokens[place].word, after if far or this else place + 1


def _joined_an(tokens: list[Token], after: int) -> bool:
    """Whether the "an" of "jam 8an" stands there."""
    return after < len(tokens) and tokens[after].raw == "an" and tokens[after].start == tokens[after - 1].end


def in_part(minutes: int, part: str) -> int:
    """Return the minutes of the day that an hour means in a part of it: 8 in the evening is 20.00."""
    hour = minutes // 60
    if part == EVENING:
        return minutes + 720 if 5 <= hour <= 11 else minutes % 720 if hour == 12 else minutes
    if part == "siang":
        return minutes + 720 if hour <= 5 else minutes
    if part in {"sore", "petang", "pm"}:
        return minutes + 720 if hour < 12 else minutes
    return minutes % 720 if hour == 12 and part in {"pagi", "dini", "am"} else minutes
