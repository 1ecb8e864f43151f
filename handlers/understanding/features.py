"""What the classifier sees of a message: words and neighbours, the letter runs that survive misspelling, concepts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from handlers.understanding.concepts import About, about, together
from handlers.understanding.entities.days import MONTHS
from handlers.understanding.entities.span import Span
from handlers.understanding.lexicon import lexicon
from handlers.understanding.tokens import Token

GRAMS = (2, 3, 4, 5)
"""Lengths of the letter runs within a word and its borders."""
UNKNOWN = "<?>"
"""Stands in a pair of neighbours for a word of which the model knows nothing: "sertifikat <?>"."""
_SWALLOWED = frozenset({"wave", "budget", "platform", "partner"})
_MARKS = frozenset("?!")


class Features(NamedTuple):
    """Words and neighbours; the words to take letter runs of; concepts and their pairs."""

    near: Sequence[str]
    spelt: Sequence[str]
    concepts: Sequence[str]


def said_words(tokens: Sequence[Token], spans: Sequence[Span], first: int = 0, last: int | None = None) -> list[str]:
    """Return the words that carry meaning among the tokens `first` to `last`.

    Fillers are left out while anything else is left; a number, date, sum or name becomes its kind in angle brackets.
    """
    last = len(tokens) if last is None else last
    fillers = lexicon().fillers
    kinds = {place: span for span in spans for place in range(span.first, span.last)}
    words: list[str] = []
    padding: list[str] = []
    for place, (raw, word, _, _) in enumerate(tokens[first:last], first):
        span = kinds.get(place)
        if span is not None and place == max(span.first, first):
            words.append(f"<{span.kind}>")
        if span is not None and (span.kind in _SWALLOWED or raw.isdecimal() or raw in MONTHS):
            continue
        if raw in fillers:
            padding.append(raw)
        elif word[0].isalnum():
            words += word.split()
        elif raw in _MARKS and words and words[-1] != raw:
            words.append(raw)
    return words if any(word not in _MARKS for word in words) else padding + words


def features(words: Sequence[str], known: frozenset[str], about: About = about) -> Features:
    """Return what the classifier sees of the words; `known` are those that the model has met, `about` has concepts."""
    near = dict.fromkeys([*words, *map(" ".join, pairwise(words))])
    if not known.issuperset(words) and not all(word in known or not word.isalpha() for word in words):
        masked = [word if word in known or not word.isalpha() else UNKNOWN for word in words]
        pairs = map(" ".join, pairwise(masked))
        near |= dict.fromkeys([UNKNOWN, *[pair for pair in pairs if UNKNOWN in pair]])
    spelt = [word for word in words if word[0] != "<" and word not in _MARKS]
    return Features([*near], spelt, together(tuple(sorted({each for found in map(about, words) for each in found}))))


def letters(word: str) -> list[str]:
    """Return the letter runs of one word; a model adds them up word by word."""
    bordered = f" {word[:24]} "
    return [bordered[i : i + n] for n in GRAMS for i in range(len(bordered) - n + 1)]
