"""Other things: whether a clause speaks of something else than the training that was bought.

What is not finished, or is still to be bought, takes no note back unless it is the training itself: *ovo belum beres*,
*mau beli jaring baru*.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from handlers.understanding.entities import find_entities
from handlers.understanding.meaning import Entity
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import Words, spoken, words_of
from handlers.understanding.tokens import Token

_UNFINISHED: Final = ("another thing unfinished", "called off beside a purchase", "under way")
_SHORTEST: Final = 3  # letters
_AGAIN: Final = frozenset({"lagi", "dulu", "barang"})
_BESIDE: Final = (
    *("with", "onward", "when", "wish", "yes", "no", "fund", "state", "by", "joking", "unsure", "order", "taking"),
    *("undone", "broken", "basket", "asks", "oneself", "backing", "success", "filler", "asking", "if", "still", "only"),
)
"""Roles whose words may follow *beli* without being what was bought."""


def of_another_thing(text: str, today: date) -> bool:
    """Tell whether a clause tells of another matter that failed or isn't done, or of a thing to be bought."""
    unfinished = any(says(what, text) for what in _UNFINISHED) and not says("about buying", text)
    return unfinished or says("another thing to be paid", text) or buys_another_thing(text, today)


def buys_another_thing(text: str, today: date) -> bool:
    """Tell whether what a clause says is bought, or is not, is no training: *belum sempat beli beras*."""
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    named = find_entities(text, today=today)
    return any(
        words.have("act", token)
        and (thing := _bought(tokens[place + 1 :])) is not None
        and _is_thing(words, thing, named)
        for place, token in enumerate(tokens)
    )


def _bought(after: Sequence[Token]) -> Token | None:
    return next((token for token in after if token.word not in _AGAIN), None)


def _is_thing(words: Words, token: Token, named: Sequence[Entity]) -> bool:
    """Whether a word names a thing: any that no report has, that names no training or place, and that joins nothing."""
    if words.have("goods", token):
        return True
    if not token.is_word or len(token.raw) < _SHORTEST or any(one.start <= token.start < one.end for one in named):
        return False
    return not (words.allow(token) or any(words.have(role, token) for role in _BESIDE))
