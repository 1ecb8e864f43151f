"""How close a word that a person asks for comes to a training."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from programme.topics import Topics, stems
from programme.trainings import Training

_SAME, _PART, _COVERED, _ALIKE = 4.0, 3.0, 2.0, 1.0
_ENDING = 3  # letters that a word may add: *desainer* is *desain*, *excellence* is not *excel*
_ALIKE_FROM, _LONG = 84, 5  # per cent of letters alike, in words of at least so many letters


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """A word asked for: its possible stems, and the stems that it covers by meaning."""

    word: str
    stems: frozenset[str]
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A training with the words of its title and profession, and of its institution."""

    training: Training
    words: frozenset[str]
    stems: frozenset[str]
    institution: frozenset[str]


def asked(text: str | None, topics: Topics) -> tuple[SearchTerms, ...]:
    """Return the words of `text` that tell a topic, ready to be compared."""
    return tuple(SearchTerms(word, stems(word), topics.covered(word)) for word in topics.words(text or ""))


def indexed(training: Training, topics: Topics) -> Indexed:
    """Return the training with its words taken apart."""
    words = frozenset(topics.words(f"{training.title} {training.profession or ''}"))
    every = frozenset[str]().union(*(stems(word) for word in words))
    return Indexed(training, words, every, frozenset(topics.words(training.institution or "")))


def closeness(wish: SearchTerms, one: Indexed) -> float:
    """Return 0 where the word is not found, else more the closer it comes."""
    if wish.stems & one.stems:
        return _SAME
    if wish.word in one.institution or any(_begins(wish.word, other) for other in one.words):
        return _PART
    if wish.covers & one.stems:
        return _COVERED
    long = len(wish.word) >= _LONG
    return _ALIKE if long and any(fuzz.ratio(wish.word, other) >= _ALIKE_FROM for other in one.words) else 0.0


def _begins(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LONG and len(longer) - len(shorter) <= _ENDING and longer.startswith(shorter)
