"""Likeness: which of many short texts mean about the same, by the words that the understanding sees in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from handlers.understanding import understand

ALIKE: Final = 0.34
"""From this share of common features on, two texts are put together."""

_RUN: Final = 4


def alike(texts: Sequence[str], today: date) -> list[list[int]]:
    """Group texts by their places: each joins the first group whose first text is like it, else begins another."""
    groups: list[tuple[frozenset[str], list[int]]] = []
    for place, text in enumerate(texts):
        seen = _features(understand(text, today=today).normalised)
        like = next((members for first, members in groups if _shared(first, seen) >= ALIKE), None)
        if like is None:
            groups.append((seen, [place]))
        else:
            like.append(place)
    return [members for _first, members in groups]


def _features(normalised: str) -> frozenset[str]:
    """Return words, and runs of their letters, so that a slip of the thumb parts nothing."""
    words = [word for word in normalised.split() if word.isalnum()]
    runs = [word[start : start + _RUN] for word in words for start in range(len(word) - _RUN + 1)]
    return frozenset([*words, *runs])


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    together = len(one | other)
    return len(one & other) / together if together else 0.0
