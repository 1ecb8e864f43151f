"""What the classifier sees of a message: words, neighbours, and the letter runs that survive misspelling."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.understanding.entities.span import Span
from handlers.understanding.lexicon import lexicon
from handlers.understanding.tokens import Token

GRAMS = (2, 3, 4, 5)
"""Lengths of the letter runs within a word and its borders."""
BLOCKS = ("words", "letters")
_SWALLOWED = frozenset({"wave", "budget", "platform", "partner"})
_MARKS = frozenset("?!")


def said_words(tokens: Sequence[Token], spans: Sequence[Span], first: int = 0, last: int | None = None) -> list[str]:
    """Return the words that carry meaning among the tokens `first` to `last`.

    Fillers are left out while anything else is left; a number, date, sum or name becomes its kind in angle brackets.
    """
    last = len(tokens) if last is None else last
    fillers = lexicon().fillers
    kinds = {place: span for span in spans for place in range(span.first, span.last)}
    words: list[str] = []
    padding: list[str] = []
    for place in range(first, last):
        token, span = tokens[place], kinds.get(place)
        if span is not None and place == max(span.first, first):
            words.append(f"<{span.kind}>")
        if span is not None and (span.kind in _SWALLOWED or token.is_number):
            continue
        if token.raw in fillers:
            padding.append(token.raw)
        elif token.word[0].isalnum():
            words.extend(token.word.split())
        elif token.raw in _MARKS and words and words[-1] != token.raw:
            words.append(token.raw)
    return words if any(word not in _MARKS for word in words) else padding + words


def features(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the features of the two blocks, each once."""
    near: dict[str, None] = dict.fromkeys(words)
    near.update(dict.fromkeys(map(" ".join, zip(words, words[1:], strict=False))))
    letters: dict[str, None] = {}
    for word in words:
        if word[0] != "<" and word not in _MARKS:
            letters.update(_runs(word))
    return list(near), list(letters)


_RUNS: dict[str, dict[str, None]] = {}


def _runs(word: str) -> dict[str, None]:
    """Letter runs of one word, remembered for the words that come often."""
    found = _RUNS.get(word)
    if found is None:
        bordered = f" {word[:24]} "
        found = {bordered[i : i + n]: None for n in GRAMS for i in range(len(bordered) - n + 1)}
        if len(_RUNS) < 20_000:
            _RUNS[word] = found
    return found
