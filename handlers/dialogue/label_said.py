"""Labels that are typed with small changes: *iya hapus* for *Ya, hapus semua*, *jangan, ingatkan beta*."""

from __future__ import annotations

from functools import lru_cache

from handlers.understanding.spelling import spelt
from handlers.understanding.statements import spoken, words_of
from handlers.understanding.tokens import Token

_YES, _ME = "ya", "saya"
_LEAST = 2
"""Words that may stand for a longer label by beginning it."""


def says_label(text: str, label: str) -> bool:
    """Tell whether a text says a label, but for who speaks, whom one speaks to, and what a long one ends in."""
    said, wanted = _content(text), _content(label)
    if not said or not wanted:
        return False
    if wanted in (said, (_YES, *said)):
        return True
    begins = said == wanted[: len(said)] and said[0] == _YES
    return begins and len(said) >= _LEAST and 2 * len(said) > len(wanted)


@lru_cache(maxsize=64)  # the labels are the same again and again
def _content(text: str) -> tuple[str, ...]:
    """Return the words of a text that carry its meaning, one word for every yes and for every *I*."""
    words = words_of("bought")
    said = [token for token in spelt(text) if spoken(token) and not (words.addresses(token) or _fills(token))]
    return tuple(map(_meant, said))


def _meant(token: Token) -> str:
    words = words_of("bought")
    if words.have("me", token):
        return _ME
    return _YES if words.have("agreed", token) else token.word


def _fills(token: Token) -> bool:
    words = words_of("bought")
    return token.word == "saja" or (words.have("filler", token) and not words.have("agreed", token))
