"""Matters by their names: which intents the words of a text name, whatever was spoken of before."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from handlers.understanding.lexicon import rows
from handlers.understanding.spelling import spelt


class _Named(NamedTuple):
    """The intents that a word names, and the matters after which it asks of those."""

    intents: frozenset[str]
    not_after: frozenset[str]


@lru_cache(maxsize=64)
def matters_named(text: str, after: str) -> frozenset[str]:
    """Return the intents that a word of a text names, said after the matter `after` (`words/matters.tsv`)."""
    words = {word for token in spelt(text) for word in (token.word, token.raw, *token.word.split())}
    named = (each for word in words for each in _by_word().get(word, ()))
    return frozenset().union(*(each.intents for each in named if after not in each.not_after))


@cache
def _by_word() -> dict[str, list[_Named]]:
    found = defaultdict[str, list[_Named]](list)
    for intents, words, *after in rows("matters.tsv"):
        named = _Named(frozenset(intents.split(", ")), frozenset(after[0].split(", ")) if after else frozenset())
        for word in words.split():
            found[word.replace("_", " ")].append(named)
    return found
