"""The wave (gelombang): the right one or none, since a wrong wave means a wrong deadline."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.understanding.entities.numbers import small
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.lexicon import cues, lexicon
from handlers.understanding.tokens import Token

KIND = "wave"
_BETWEEN = cues("before a wave number")
_FAR_BETWEEN = cues("words before a wave number")
_BEFORE_SHORT = cues("before a short wave")
_AND = cues("between wave numbers")
COUNTED = cues("counted things")
_CLITICS = cues("after a wave number")


def begins(raw: str, word: str) -> bool:
    """Whether a wave may begin with a token."""
    return word == "gelombang" or raw == "g"


def find(tokens: list[Token], asked: Asked) -> Iterator[Span]:
    """Yield the waves that are named beyond doubt; a bare number only when the wave was asked for."""
    named = False
    for at, token in enumerate(tokens):
        if token.word == "gelombang" or (token.raw == "g" and _short_form(tokens, at)):
            named = True
            yield from _after_name(tokens, at)
        elif named and token.word == "yang" and (read := _wave(tokens, at + 1)) and read[0] > 9:
            yield Span(KIND, str(read[0]), at + 1, read[1])
    if KIND in asked.kinds and not named:
        yield from _bare(tokens)


def _short_form(tokens: list[Token], at: int) -> bool:
    """Whether "g" stands for gelombang, not for "tidak": "g21", "g-21", "g 21"."""
    after = [token for token in tokens[at + 1 : at + 3] if token.raw != "-"]
    if not after or not after[0].is_number:
        return False
    if at and tokens[at - 1].is_number and tokens[at - 1].end == tokens[at].start:
        return False
    joined = after[0].start == tokens[at].end or tokens[at + 1].raw == "-"
    return joined or (len(after[0].raw) == 2 and (at == 0 or tokens[at - 1].word in _BEFORE_SHORT))


def _after_name(tokens: list[Token], at: int) -> Iterator[Span]:
    start, far = at + 1, False
    fillers = lexicon().fillers
    while start < len(tokens) and start <= at + 4:
        word = tokens[start].word
        if _BETWEEN.isdisjoint((word, tokens[start].raw)):
            if word not in _FAR_BETWEEN and tokens[start].raw not in fillers:
                break
            far = True
        start += 1
    read = _wave(tokens, start, counted=far)
    if read is None:
        return
    yield Span(KIND, str(read[0]), at if start == at + 1 or not far else start, read[1])
    yield from _further(tokens, read[0], read[1])


def _further(tokens: list[Token], before: int, at: int) -> Iterator[Span]:
    """The "22" of "gelombang 21 sama 22"."""
    while at < len(tokens) and tokens[at].word in _AND:
        joint = tokens[at].word
        start = at + 1
        while start < len(tokens) and tokens[start].word in {"gelombang", "ke", "yang"}:
            start += 1
        read = _wave(tokens, start)
        if read is None or read[0] < 10 or (joint in {"/", ",", "-", "+"} and abs(read[0] - before) > 3):
            return
        if tokens[start - 1].word != "gelombang":
            yield Span(KIND, str(read[0]), start, read[1])
        before, at = read


def _wave(tokens: list[Token], at: int, *, counted: bool = True) -> tuple[int, int] | None:
    read = small(tokens, at)
    if read is None or not 1 <= read[0] <= 99:
        return None
    value, after = read
    following = tokens[after] if after < len(tokens) else None
    if following is None:
        return read
    if following.start == tokens[after - 1].end and not _may_touch(tokens, after, value):
        return None
    if following.word in COUNTED and (counted or following.word in {"kali", "x", "hari", "ribu", "juta", "jam"}):
        return None
    return read


def _may_touch(tokens: list[Token], after: int, value: int) -> bool:
    """Whether the wave number may be followed without a space by this: "21nya" and "21?" yes, "2x" and "21.5" no."""
    following = tokens[after]
    if following.is_word:
        return following.word in _CLITICS or (len(following.raw) > 2 and following.raw in lexicon().known)
    beyond = tokens[after + 1] if after + 1 < len(tokens) else None
    if following.raw in {".", ",", "/", "-", ":"} and beyond is not None and beyond.start == following.end:
        if beyond.raw == "an":
            return False
        return not beyond.is_number or (len(beyond.raw) == 2 and 0 < int(beyond.raw) - value <= 3)
    return not following.is_number


def _bare(tokens: list[Token]) -> Iterator[Span]:
    """The number alone, as an answer to "gelombang berapa?"."""
    fillers = lexicon().fillers | {"yang", "ke", "saya", "."}
    start = next((i for i, token in enumerate(tokens) if token.word not in fillers and token.raw not in fillers), 0)
    read = _wave(tokens, start)
    if read is not None and len(tokens) <= 6:
        yield Span(KIND, str(read[0]), start, read[1])
        yield from _further(tokens, *read)
