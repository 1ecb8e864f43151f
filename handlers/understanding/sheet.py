"""All weights in one table: a message is one look-up of rows and one sum over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handlers.understanding.concepts import About, about
from handlers.understanding.features import features, letters

Floats = NDArray[np.float32]
Table = NDArray[np.floating[Any]]
"""Rows of weights: in half precision where they were of 8 bits anyway, which takes half the memory."""

_NOTHING = (0,)
"""Where no feature is found: the row without weights, of length 1."""
_REMEMBERED = 20_000


class Block(NamedTuple):
    """One block of features, and what writes their rows: the weight for each intent and, last, the squared rarity.

    `unseen` is the squared rarity of a feature without a row: it adds to the length alone, so that noise scores little.
    """

    names: Sequence[str]
    write: Callable[[Table], None]
    unseen: float


@dataclass(frozen=True)
class WeightSheet:
    """The blocks one under the other, and the sums over the letter runs of words that the training had.

    `rows` finds the features of each block in the table, `unseen` is each block's row for any other, `spelt` finds the
    sums of words, `about` the concepts of words.
    """

    table: Table
    rows: tuple[dict[str, int], ...]
    unseen: tuple[int, ...]
    spelt: dict[str, int]
    about: About = about
    met: dict[str, list[int]] = field(default_factory=dict, compare=False)

    @staticmethod
    def of(
        blocks: Sequence[Block],
        width: int,
        words: Sequence[str] = (),
        sums: Table | None = None,
        about: About = about,
        *,
        halves: bool = False,
    ) -> WeightSheet:
        """Lay out the blocks (words, letter runs, concepts), and the sums of words if they are known already."""
        first = 1 + len(blocks)
        counts = [len(block.names) for block in blocks]
        table = np.zeros((first + sum(counts) + len(words), width), np.float16 if halves else np.float32)
        table[:first, -1] = [1, *[block.unseen for block in blocks]]
        starts = [first, *(first + np.cumsum(counts)).tolist()]
        for block, start, count in zip(blocks, starts, counts, strict=False):
            block.write(table[start : start + count])
        if sums is not None:
            table[starts[-1] :] = sums
        *rows, spelt = [
            {name: row for row, name in enumerate(names, start)}
            for names, start in zip([*[block.names for block in blocks], words], starts, strict=True)
        ]
        return WeightSheet(table, tuple(rows), tuple(range(1, first)), spelt, about)

    def scores(self, several: Sequence[Sequence[str]], known: frozenset[str]) -> Floats:
        """Return the scores by message, block and intent, each made independent of the message's length."""
        rows: list[int] = []
        starts: list[int] = []
        for words in several:
            for found in self._rows_of(words, known):
                starts.append(len(rows))
                rows += found
        sums: Floats = np.add.reduceat(self.table.take(rows, axis=0), starts, dtype=np.float32).reshape(
            len(several), len(self.rows), -1
        )
        lengths: Floats = np.sqrt(sums[..., -1:])
        return sums[..., :-1] / lengths

    def letters_of(self, word: str) -> Floats:
        """Return the sum over a word's letter runs."""
        total: Floats = self.table.take(self._runs(word), axis=0).sum(axis=0, dtype=np.float32)
        return total

    def _rows_of(self, words: Sequence[str], known: frozenset[str]) -> tuple[Sequence[int], ...]:
        found = features(words, known, self.about)
        (by_word, _, by_concept), (strange, _, no_concept) = self.rows, self.unseen
        near, about, met = by_word.get, by_concept.get, self.met.get
        return (
            [near(feature, strange) for feature in found.near] or _NOTHING,
            [row for word in found.spelt for row in met(word) or self._runs(word)] or _NOTHING,
            [about(feature, no_concept) for feature in found.concepts] or _NOTHING,
        )

    def _runs(self, word: str) -> list[int]:
        """Return the rows of a word's letter runs: the one of their sum where the training had the word."""
        by_run, unseen = self.rows[1].get, self.unseen[1]
        known = self.spelt.get(word)
        rows = [by_run(run, unseen) for run in letters(word)] if known is None else [known]
        if len(self.met) < _REMEMBERED:
            self.met[word] = rows
        return rows
