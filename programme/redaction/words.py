"""The words that tell secrets from ordinary numbers: they live in `words.tsv`, by kind.

A word of the list may be a pattern, where people misspell it in every way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_OWN = ("nya", "ny", "ku", "mu", "na", "ne", "e", "q")  # "otpnya", "kodeku", "pine": whose it is


def rows(file: str) -> Iterator[list[str]]:
    """Go through the rows of a list beside this file, without its heading."""
    for line in (_HERE / file).read_text(encoding="utf-8").splitlines()[1:]:
        yield line.split("\t")


def words(kind: str) -> frozenset[str]:
    """Return the words of a kind. Raises KeyError for a kind that the list does not know."""
    return _words()[kind]


@cache
def one_of(*kinds: str) -> str:
    """Return a pattern of all words of these kinds, the longest first."""
    return "|".join(sorted((word for kind in kinds for word in words(kind)), key=lambda word: (-len(word), word)))


def is_a(word: str, kind: str) -> bool:
    """Tell whether a word in small letters, with or without whose it is, is of a kind."""
    return kind in _kinds_of(word)


@lru_cache(maxsize=8192)
def _kinds_of(word: str) -> frozenset[str]:
    bare = (word, *(word[: -len(own)] for own in _OWN if word.endswith(own)))
    return frozenset(kind for kind, known in _words().items() if not known.isdisjoint(bare))


@cache
def _words() -> dict[str, frozenset[str]]:
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for word, kind, *_ in rows("words.tsv"):
        kinds[kind].add(word)
    return {kind: frozenset(found) for kind, found in kinds.items()}
