"""What words are about: the concepts of a word list, if need be found without prefix and suffix, and their pairs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import combinations

from handlers.understanding.lexicon import lexicon

Concepts = tuple[str, ...]
About = Callable[[str], Concepts]
"""From a word to its concepts; asked often, so it should remember."""

_FRONT = ("meng", "meny", "mem", "men", "me", "nge", "ng", "di", "ke", "ber", "ter", "peng", "pem", "pen", "pe", "ku")
_BACK = ("kannya", "annya", "inya", "nya", "kan", "an", "in", "i", "ku", "mu")


@lru_cache(maxsize=20_000)
def about(word: str) -> Concepts:
    """Return the concepts of a word by the programme's own list."""
    return concepts_of(word, lexicon().concepts)


def concepts_of(word: str, listed: Mapping[str, Concepts]) -> Concepts:
    """Return the concepts of a word by a list, if need be without its prefix and suffix."""
    if word in listed or len(word) < 5:
        return listed.get(word, ())
    ends = [word, *[word[: -len(back)] for back in _BACK if word.endswith(back)]] if word.endswith(_BACK) else [word]
    fronts = [len(front) for front in _FRONT if word.startswith(front)] if word.startswith(_FRONT) else []
    stems = [*ends, *[end[front:] for end in ends for front in fronts]]
    return next((listed[stem] for stem in stems if len(stem) > 3 and stem in listed), ())


@lru_cache(maxsize=20_000)
def together(found: Concepts) -> Concepts:
    """Return the concepts, and which two of them come together."""
    return (*found, *map(" ".join, combinations(found, 2)))
