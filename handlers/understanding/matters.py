"""Matters by their names: which intents the words of a text name, whatever was spoken of before."""

from __future__ import annotations

from functools import cache, lru_cache

from handlers.understanding.lexicon import rows
from handlers.understanding.spelling import spelt


@lru_cache(maxsize=64)
def matters_named(text: str) -> frozenset[str]:
    """Return the intents that a word of a text names."""
    words = {word for token in spelt(text) for word in (token.word, token.raw, *token.word.split())}
    named = _by_word()
    return frozenset().union(*(named[word] for word in words if word in named))


@cache
def _by_word() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for intents, words, *_ in rows("matters.tsv"):
        for word in words.split():
            meant = word.replace("_", " ")
            found[meant] = found.get(meant, frozenset()) | frozenset(intents.split(", "))
    return found
