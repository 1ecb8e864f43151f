"""A slip of the tongue that is put right in the same breath: *di shopee, eh bukan shopee, di bukalapak*."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from handlers.understanding.entities import ANY_DAY, find_entities
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import is_other, spoken, words_of
from handlers.understanding.tokens import Token

_AT: Final = "di"
_STARTLED: Final = frozenset({"eh", "eits", "eit", "ups", "oops", "aduh", "waduh", "duh"})
_TAKING_BACK: Final = frozenset({"bukan", "salah", "ralat", "keliru", "maksud", "maksudku", "maksudnya"})
_LONGEST: Final = 5
"""Words from the turn to what is meant."""
_OF_ELSE: Final = ("act", "me", "wish", "denied", "benefit", "supposed")


@lru_cache(maxsize=16)
def righted(text: str) -> str:
    """Return a text with the place that is meant instead of the one that was said first by mistake."""
    tokens = [token for token in spelt(text) if spoken(token)]
    turn = next((at for at, (one, then) in enumerate(pairwise(tokens)) if _turns(one, then)), None)
    if turn is None:
        return text
    named = {one.start: one for one in find_entities(text, today=ANY_DAY, kinds=("platform",))}
    places = [at for at, (one, then) in enumerate(pairwise(tokens)) if one.word == _AT and _may_be_a_place(then)]
    said = next((at for at in reversed(places) if at < turn - 1), None)
    meant = next((at for at in places if at > turn and tokens[at + 1].start in named), None)
    if said is None or meant is None or meant - turn > _LONGEST or _is_of_else(tokens[turn:meant]):
        return text
    mistaken, right = tokens[said + 1], named[tokens[meant + 1].start]
    ends = named[mistaken.start].end if mistaken.start in named else mistaken.end
    place = text[tokens[meant].start : right.end]
    return text[: tokens[said].start] + place + text[ends : tokens[turn].start] + text[right.end :]


def turns_back(text: str) -> bool:
    """Tell whether a text begins by taking back what was said before it: *eh bukan*, *eh belum*."""
    first = [token for token in spelt(text) if spoken(token)][:2]
    return len(first) > 1 and first[0].raw in _STARTLED and first[1].word in {*_TAKING_BACK, "belum", "tidak"}


def _may_be_a_place(token: Token) -> bool:
    return token.raw[0].isalpha()


def _turns(startled: Token, then: Token) -> bool:
    """Whether two words take back what stands before them: *eh bukan*, *ups salah*."""
    return startled.raw in _STARTLED and then.word in _TAKING_BACK


def _is_of_else(tokens: Sequence[Token]) -> bool:
    """Whether more than the place is put right: who it was, or whether."""
    words = words_of("bought")
    return any(
        is_other(words, token, last=False) or any(words.have(role, token) for role in _OF_ELSE) for token in tokens
    )
