"""Fitting a model to samples with scikit-learn, and its certainty to samples held out. Not needed to understand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from handlers.understanding.concepts import About, about
from handlers.understanding.features import Features, features, letters
from handlers.understanding.model import Calibration, Model, Reading, trouble
from handlers.understanding.packing import known_words
from handlers.understanding.sheet import Block, Floats, WeightSheet

SHARES = (1.0, 1.0, 0.7)
STRENGTH = 25.0
RARE = (2, 4, 3)
"""A feature of a block that fewer utterances have is left out; noisy variants of one utterance do not count twice."""
RARE_PAIR = 3
"""The same of two neighbouring words, which are most of the table; of single words the dialects' own are rare."""

Words = tuple[str, ...]


class Sample(NamedTuple):
    """One training message: its words, what it means, how much it weighs, and the utterance that it stems from."""

    words: Words
    intent: str
    weight: float
    source: int


class _Table(NamedTuple):
    rows: dict[str, int]
    rarity: Floats
    unseen: float


def fit(
    samples: Sequence[Sample],
    *,
    strength: float = STRENGTH,
    shares: tuple[float, ...] = SHARES,
    rare: tuple[int, ...] = RARE,
    rare_pair: int = RARE_PAIR,
    about: About = about,
) -> Model:
    """Train on the samples; the result is certain of nothing until `settle` has seen held-out messages.

    By block (words, letter runs, concepts): its share, and in how many utterances a feature must stand to count;
    two neighbouring words in `rare_pair`.
    """
    known = known_words(_words_met(samples, rare[0]))
    found = [_spread(features(sample.words, known, about)) for sample in samples]
    sources = [sample.source for sample in samples]
    tables = [_table([blocks[i] for blocks in found], sources, least, rare_pair) for i, least in enumerate(rare)]
    matrix = hstack(
        [_matrix([blocks[i] for blocks in found], table, shares[i]) for i, table in enumerate(tables)]
    ).tocsr()
    fitted = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(
        matrix, [sample.intent for sample in samples], sample_weight=[sample.weight for sample in samples]
    )
    coefficients: Floats = fitted.coef_.T.astype(np.float32)
    blocks, start = [], 0
    for table, share in zip(tables, shares, strict=True):
        weights = coefficients[start : start + len(table.rows)] * np.sqrt(table.rarity)[:, None] * np.float32(share)
        rows = np.column_stack([weights, table.rarity])
        blocks.append(Block(list(table.rows), partial(np.copyto, src=rows), table.unseen))
        start += len(table.rows)
    intents = tuple(str(intent) for intent in fitted.classes_)
    undecided = Calibration((1.0,) + (0.0,) * (len(shares) + 3), 0.0)
    bias = fitted.intercept_.astype(np.float32)
    return Model(
        intents,
        WeightSheet.of(blocks, len(intents) + 1, about=about),
        bias,
        known,
        undecided,
        dict.fromkeys(intents, 1.1),
    )


class HeldOut(NamedTuple):
    """A message that the model did not train on: what it reads there, the intents that would do, and its weight."""

    reading: Reading
    accepted: frozenset[str]
    weight: float


def fit_certainty(messages: Iterable[HeldOut], model: Model) -> Calibration:
    """Fit the certainty of a model on how often its best guesses were right for messages held out of training."""
    rows, right, weights = [], [], []
    for reading, accepted, weight in messages:
        rows.append(trouble(reading, model.known))
        right.append(model.intents[reading.order[0]] in accepted)
        weights.append(weight)
    fitted = LogisticRegression(C=1.0).fit(np.array(rows), right, sample_weight=weights)
    return Calibration(tuple(float(weight) for weight in fitted.coef_[0]), float(fitted.intercept_[0]))


def _spread(found: Features) -> Features:
    return found._replace(spelt=[run for word in found.spelt for run in letters(word)])


def _words_met(samples: Sequence[Sample], least: int) -> list[str]:
    met = Counter(word for word, _ in {(word, sample.source) for sample in samples for word in sample.words})
    return [word for word, count in met.items() if count >= least]


def _table(found: Sequence[Sequence[str]], sources: Sequence[int], least: int, pair: int) -> _Table:
    pairs = {(feature, source) for one, source in zip(found, sources, strict=True) for feature in one}
    counts = Counter(feature for feature, _ in pairs)
    kept = sorted(feature for feature, n in counts.items() if n >= (max(least, pair) if " " in feature else least))
    rows = {feature: row for row, feature in enumerate(kept)}
    total = len(set(sources))
    rarity = np.array([_rarity(total, counts[feature]) for feature in rows], np.float32)
    return _Table(rows, rarity, _rarity(total, least))


def _rarity(total: int, count: int) -> float:
    return (math.log((1 + total) / (1 + count)) + 1) ** 2


def _matrix(found: Sequence[Sequence[str]], table: _Table, share: float) -> Any:
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for one in found:
        seen = [table.rows[feature] for feature in one if feature in table.rows]
        length = math.sqrt(float(table.rarity[seen].sum()) + table.unseen * (len(one) - len(seen)))
        length = max(length, 1.0)
        data.extend(np.sqrt(table.rarity[seen]) * share / length)
        columns.extend(seen)
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(len(found), len(table.rows)))
