"""Hours of the day as people say them: "19.30", "jam 8 malam", "stgh 8 malem", "abis maghrib"."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.understanding.entities.numbers import small
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

KIND = "hour"
_PRAYERS = {
    "subuh": 300, "dhuha": 480, "duha": 480, "dzuhur": 750, "zuhur": 750, "dhuhur": 750, "duhur": 750, "lohor": 750,
    "luhur": 750, "jumatan": 780, "ashar": 945, "asar": 945, "azhar": 945, "maghrib": 1110, "magrib": 1110,
    "mahgrib": 1110, "isya": 1170, "isa": 1170, "isyak": 1170, "tarawih": 1230,
}  # fmt: skip
_PARTS = {"pagi": 480, "siang": 720, "sore": 960, "malam": 1140, "subuh": 300, "petang": 1080}
_AFTERNOON = {"siang", "sore", "petang", "malam", "pm"}
_LEAD = frozenset({"jam", "setengah"})


def begins(raw: str, word: str) -> bool:
    """Whether an hour may begin with a token."""
    return word in _LEAD or raw in _PRAYERS or raw.isdecimal()


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield the hours; a part of the day ("pagi") or a bare number only when an hour was asked for."""
    at, found = 0, False
    while at < len(tokens):
        token = tokens[at]
        likely = begins(token.raw, token.word)
        read = (_prayer(tokens, at) or _spoken(tokens, at) or _written(tokens, at)) if likely else None
        if read is None:
            at += 1
            continue
        found = True
        yield _span(read[0], at, read[1])
        at = read[1]
    if not found and KIND in asked.kinds:
        yield from _bare(tokens)


def _span(minutes: int, first: int, last: int) -> Span:
    return Span(KIND, f"{minutes // 60 % 24:02d}:{minutes % 60:02d}", first, last)


def _prayer(tokens: list[Token], at: int) -> tuple[int, int] | None:
    minutes = _PRAYERS.get(tokens[at].raw)
    if minutes is None or at == 0 or tokens[at - 1].word not in cues("beside a prayer"):
        return None
    return minutes - 30 * (tokens[at - 1].word == "sebelum"), at + 1


def _spoken(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """ "jam 8 malam", "jam setengah delapan", "setengah 8 malem", "jam 7 lewat 15", "jam 8 kurang 10"."""
    if tokens[at].word not in _LEAD:
        return None
    said = tokens[at].word == "jam"
    start = at + said
    half = start < len(tokens) and tokens[start].word == "setengah"
    start += half
    read = small(tokens, start)
    if read is None or read[0] > 24:
        return None
    hour, after = read
    minutes = hour * 60 - 30 * half
    if not half:
        minutes, after = _with_minutes(tokens, minutes, after)
    part, after = _part_of_day(tokens, after)
    if not said and not part:
        return None
    return (_in_part(minutes, part or _part_before(tokens, at)), after)


def _part_before(tokens: list[Token], at: int) -> str:
    """The "malam" of "nanti malam jam 8"."""
    return next((token.word for token in tokens[max(0, at - 2) : at] if token.word in _PARTS), "")


def _with_minutes(tokens: list[Token], minutes: int, after: int) -> tuple[int, int]:
    following = tokens[after].raw if after < len(tokens) else ""
    read = small(tokens, after + 1) if following in {".", ":", ",", "lewat", "lebih", "kurang", "krg", "lbh"} else None
    if read is None or read[0] > 59:
        if tokens[after : after + 2] and [t.word for t in tokens[after : after + 2]] == ["lewat", "seperempat"]:
            return minutes + 15, after + 2
        return minutes, after
    if following in {".", ":", ","} and len(tokens[after + 1].raw) != 2:
        return minutes, after
    return minutes + (-read[0] if following in {"kurang", "krg"} else read[0]), read[1]


def _part_of_day(tokens: list[Token], after: int) -> tuple[str, int]:
    for skipped in (0, 1):
        place = after + skipped
        if place >= len(tokens) or (skipped and tokens[after].raw not in {"an", "-", "nya", "ya", "pas", "menit"}):
            break
        word = tokens[place].word
        if word in _PARTS or word in {"am", "pm", "dini"}:
            return word, place + 1
        if skipped == 0 and tokens[place].raw == "an" and tokens[place].start == tokens[place - 1].end:
            after_an = tokens[place + 1].word if place + 1 < len(tokens) else ""
            return (after_an, place + 2) if after_an in _PARTS else ("", place + 1)
    return "", after


def _in_part(minutes: int, part: str) -> int:
    hour = minutes // 60
    if part == "malam":
        return minutes + 720 if 5 <= hour <= 11 else minutes % 720 if hour >= 11 and hour <= 12 else minutes
    if part == "siang":
        return minutes + 720 if 1 <= hour <= 5 else minutes
    if part in {"sore", "petang", "pm"}:
        return minutes + 720 if hour < 12 else minutes
    return minutes


def _written(tokens: list[Token], at: int) -> tuple[int, int] | None:
    """ "19:30", "23.59": two digits for the minutes, and no longer number around them; "8 pm"."""
    part = tokens[at : at + 3]
    if len(part) > 1 and part[1].raw in {"am", "pm"} and int(part[0].raw) <= 12:
        return _in_part(int(part[0].raw) * 60, part[1].raw), at + 2
    if len(part) < 3 or part[1].raw not in {":", "."} or not (part[0].is_number and part[2].is_number):
        return None
    joined = part[0].end == part[1].start and part[1].end == part[2].start
    fits = len(part[0].raw) <= 2 and len(part[2].raw) == 2 and int(part[0].raw) <= 24 and int(part[2].raw) <= 59
    if not joined or not fits or _goes_on(tokens, at + 3) or (at and tokens[at - 1].end == part[0].start):
        return None
    minutes = int(part[0].raw) * 60 + int(part[2].raw)
    name, after = _part_of_day(tokens, at + 3)
    return _in_part(minutes, name), after


def _goes_on(tokens: list[Token], after: int) -> bool:
    if after >= len(tokens):
        return False
    mark = tokens[after]
    if mark.raw in {".", "/", "-"} and after + 1 < len(tokens):
        return tokens[after + 1].is_number and tokens[after + 1].start == mark.end
    return mark.word in {"juta", "ribu", "%"}


def _bare(tokens: list[Token]) -> Iterator[Span]:
    for at, token in enumerate(tokens):
        if token.word in _PARTS or token.raw in _PRAYERS:
            yield _span(_PARTS.get(token.word, _PRAYERS.get(token.raw, 0)), at, at + 1)
            return
        read = small(tokens, at)
        if read and read[0] <= 24 and len(tokens) <= 6:
            part, after = _part_of_day(tokens, read[1])
            yield _span(_in_part(read[0] * 60, part), at, after)
            return
