"""Which parts of a day a text names: not those of a greeting, *pagi kak*, nor one that is denied."""

from __future__ import annotations

from typing import Final

from handlers.understanding.entities.clock_time import PARTS
from handlers.understanding.lexicon import cues
from handlers.understanding.tokens import Token

_AFTER_A_GREETING: Final = 2
"""Words that make what stands before them a greeting."""
_DENIALS: Final = frozenset(("tidak", "bukan", "jangan"))


def parts_named(tokens: list[Token]) -> list[str]:
    """Return the parts of a day that are named, but in no greeting, and not denied where another is named."""
    found, denied = list[str](), list[str]()
    for at, token in enumerate(tokens):
        greeted = (at > 0 and tokens[at - 1].word == "selamat") or _greets(tokens, at)
        if token.word in PARTS and not greeted:
            (denied if at > 0 and tokens[at - 1].word in _DENIALS else found).append(token.word)
    return list(dict.fromkeys(found or denied))


def _greets(tokens: list[Token], at: int) -> bool:
    """Whether a part of the day only greets: *pagi kak, saya mau tanya*; of *sore kak, jam 5* it tells the part."""
    ends = at + 1
    while ends < len(tokens) and tokens[ends].raw in cues("addressed in a greeting"):
        ends += 1
    marked = ends < len(tokens) and tokens[ends].raw in {",", ".", "!"}
    rest = tokens[ends + marked :]
    opens = all(token.raw in cues("before a greeting") for token in tokens[:at])
    goes_on = len(rest) >= _AFTER_A_GREETING and not (rest[0].word == "jam" or rest[0].is_number)
    return opens and goes_on and (ends > at + 1 or marked)
