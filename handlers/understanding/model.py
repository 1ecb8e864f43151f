"""The classifier: scores of a linear model as probabilities, and how sure the best of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

import numpy as np

from handlers.understanding.sheet import Floats, WeightSheet


class Reading(NamedTuple):
    """What the model makes of some words: raw probabilities and each block's own scores per intent, and their order.

    `order` holds the places of the intents, most probable first.
    """

    words: Sequence[str]
    odds: list[float]
    scores: Floats
    order: list[int]


@dataclass(frozen=True)
class Calibration:
    """How sure the best guess is: a logistic curve over signs of trouble, fitted on messages held out of training."""

    weights: tuple[float, ...]
    bias: float

    def of(self, reading: Reading, known: frozenset[str]) -> float:
        """Return the probability that the best guess of a reading is right."""
        signs = zip(self.weights, trouble(reading, known), strict=True)
        return 1 / (1 + exp(-(self.bias + sum([weight * sign for weight, sign in signs]))))


def trouble(reading: Reading, known: frozenset[str]) -> tuple[float, ...]:
    """Return the signs of how sure a reading is.

    The best guess's lead in log-odds over all and over the second, its lead over the second in each block by itself,
    the share of unknown words, and the shortness of the message.
    """
    first, second = reading.order[:2]
    best, other = reading.odds[first] + 1e-6, reading.odds[second] + 1e-6
    within = (reading.scores[:, first] - reading.scores[:, second]).tolist()
    count = len(reading.words) or 1
    unknown = len([word for word in reading.words if word not in known and word.isalpha()])
    return log(best / (1 - best + 2e-6)), log(best / other), *within, unknown / count, 1 / count


@dataclass(frozen=True)
class Model:
    """A trained classifier with its calibration and the certainty from which it may answer without asking."""

    intents: tuple[str, ...]
    sheet: WeightSheet
    bias: Floats
    known: frozenset[str]
    certainty: Calibration
    thresholds: dict[str, float]

    def read(self, words: Sequence[str]) -> Reading:
        """Return what the model makes of the words."""
        return self.read_all([words])[0]

    def read_all(self, several: Sequence[Sequence[str]]) -> list[Reading]:
        """Return what the model makes of each of several messages, at the price of little more than one."""
        scores = self.sheet.scores(several, self.known)
        totals = np.add.reduce(scores, axis=1) + self.bias
        odds = np.exp(totals - np.maximum.reduce(totals, axis=1, keepdims=True))
        odds /= np.add.reduce(odds, axis=1, keepdims=True)
        orders = odds.argsort(axis=1)[:, ::-1]
        return list(map(Reading, several, odds.tolist(), scores, orders.tolist()))

    def sure_of(self, reading: Reading) -> float:
        """Return the calibrated probability that the best intent of a reading is the one meant."""
        return self.certainty.of(reading, self.known)

    def guesses(self, reading: Reading, shown: int = 5) -> list[tuple[str, float]]:
        """Return the best intents with calibrated probabilities, best first."""
        first = self.sure_of(reading)
        best, *others = reading.order[:shown]
        rest = (1 - first) / max(1 - reading.odds[best], 1e-6)
        further = [(self.intents[place], min(first, reading.odds[place] * rest)) for place in others]
        return [(self.intents[best], first), *further]

    def best(self, words: Sequence[str]) -> str:
        """Return the most probable intent."""
        return self.intents[self.read(words).order[0]]

    def is_certain(self, intent: str, confidence: float) -> bool:
        """Whether the evaluation showed that such a confidence is safe to answer on."""
        return confidence >= self.thresholds[intent]
