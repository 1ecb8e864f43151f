"""Cutting a message into the things that it says, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.understanding.tokens import Token

_MARKS = frozenset(".,?!;\n")
_JOINTS = frozenset({"tapi", "terus", "dan", "sama", "sekalian", "lalu", "plus", "juga", "karena"})
_SHORTEST = 2


def clauses(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the clauses as (first, last) places of tokens; a single one if the message does not divide."""
    joints = [place for place, token in enumerate(tokens) if token.raw in _MARKS or token.word in _JOINTS]
    if not joints:
        return [(0, len(tokens))]
    parts: list[tuple[int, int]] = []
    start = 0
    for place in joints:
        if _words(tokens, start, place) >= _SHORTEST:
            parts.append((start, place))
            start = place + 1
        elif parts and place == start:
            start = place + 1  # *bisa ga? terus batasnya kapan*: it joins, and belongs to neither
        elif not parts:
            start = start if tokens[place].word in _JOINTS else place + 1
    if _words(tokens, start, len(tokens)) >= _SHORTEST or not parts:
        parts.append((start, len(tokens)))
    else:
        parts[-1] = (parts[-1][0], len(tokens))
    return parts


def _words(tokens: Sequence[Token], first: int, last: int) -> int:
    return len([token for token in tokens[first:last] if token.raw.isalpha() or " " in token.raw])
