"""The linear model in numpy: arrays trained by `train.py`, read once, applied to one message at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp, log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from handlers.understanding.features import BLOCKS, UNKNOWN, features, letters
from handlers.understanding.lexicon import lexicon

PATH = Path(__file__).parent / "model.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Block:
    """One block of features: the row of each, and per row the weight for each intent and, last, its squared rarity."""

    rows: dict[str, int]
    table: Floats
    unseen: float
    share: float

    def total(self, found: Sequence[str]) -> Floats:
        """Return the sum of the rows; unseen features add to the length alone, so that noise scores little."""
        seen = [row for row in map(self.rows.get, found) if row is not None]
        total: Floats = _ONES[: len(seen)] @ self.table.take(seen[: len(_ONES)], axis=0)
        total[-1] += self.unseen * (len(found) - len(seen))
        return total

    def score(self, total: Floats) -> Floats:
        """Return the scores per intent of a sum of rows, made independent of the message's length."""
        scores: Floats = total[:-1] * (self.share / max(float(total[-1]), 1.0) ** 0.5)
        return scores


_REMEMBERED = 20_000
_ONES = np.ones(4096, np.float32)


class Reading(NamedTuple):
    """What the model makes of some words: raw probabilities and each block's own scores per intent, and their order.

    `order` holds the places of the intents, most probable first.
    """

    words: tuple[str, ...]
    odds: Floats
    scores: tuple[Floats, ...]
    order: list[int]


@dataclass(frozen=True)
class Certainty:
    """How sure the best guess is: a logistic curve over signs of trouble, fitted on messages held out of training."""

    weights: tuple[float, ...]
    bias: float

    def of(self, reading: Reading, known: frozenset[str]) -> float:
        """Return the probability that the best guess of a reading is right."""
        signs = zip(self.weights, trouble(reading, known), strict=True)
        return 1 / (1 + exp(-(self.bias + sum(weight * sign for weight, sign in signs))))


def trouble(reading: Reading, known: frozenset[str]) -> tuple[float, ...]:
    """Return the signs of how sure a reading is.

    The best guess's lead in log-odds over all and over the second, its lead over the second in each block by itself,
    the share of unknown words, and the shortness of the message.
    """
    first, second = reading.order[:2]
    best, other = float(reading.odds[first]), float(reading.odds[second])
    lead, ahead = (log((best + 1e-6) / (rest + 1e-6)) for rest in (1 - best, other))
    within = [float(scores[first] - scores[second]) for scores in reading.scores]
    count = len(reading.words) or 1
    unknown = sum(word.isalpha() and word not in known for word in reading.words)
    return lead, ahead, *within, unknown / count, 1 / count


@dataclass(frozen=True)
class Model:
    """A trained classifier with its calibration and the certainty from which it may answer without asking."""

    intents: tuple[str, ...]
    blocks: tuple[Block, ...]
    bias: Floats
    known: frozenset[str]
    certainty: Certainty
    thresholds: dict[str, float]
    remembered: dict[str, Floats] = field(default_factory=dict, compare=False)
    """Sums over the letter runs of words: those of the training from the start, others as they come."""

    def read(self, words: Sequence[str]) -> Reading:
        """Return what the model makes of the words."""
        near, spelt, about = features(words, self.known)
        by_word, by_letters, by_concept = self.blocks
        scores = (
            by_word.score(by_word.total(near)),
            by_letters.score(sum(map(self._letters, spelt), self._nothing)),
            by_concept.score(by_concept.total(about)),
        )
        total = self.bias + scores[0] + scores[1] + scores[2]
        odds: Floats = np.exp(total - total.max())
        odds /= odds.sum()
        return Reading(tuple(words), odds, scores, odds.argsort()[::-1].tolist())

    def guesses(self, words: Sequence[str], shown: int = 5) -> list[tuple[str, float]]:
        """Return the best intents with calibrated probabilities, best first."""
        reading = self.read(words)
        first = self.certainty.of(reading, self.known)
        best, *others = reading.order[:shown]
        rest = (1 - first) / max(1 - float(reading.odds[best]), 1e-6)
        further = [(self.intents[place], min(first, float(reading.odds[place]) * rest)) for place in others]
        return [(self.intents[best], first), *further]

    def best(self, words: Sequence[str]) -> str:
        """Return the most probable intent."""
        return self.intents[self.read(words).order[0]]

    @property
    def _nothing(self) -> Floats:
        return np.zeros(len(self.intents) + 1, np.float32)

    def _letters(self, word: str) -> Floats:
        total = self.remembered.get(word)
        if total is None:
            total = self.blocks[1].total(letters(word))
            if len(self.remembered) < _REMEMBERED:
                self.remembered[word] = total
        return total

    def is_certain(self, intent: str, confidence: float) -> bool:
        """Whether the evaluation showed that such a confidence is safe to answer on."""
        return confidence >= self.thresholds[intent]


def known_words(features_of_words: Sequence[str]) -> frozenset[str]:
    """Return the words that a model has met: its own single words and those of the word lists."""
    own = {feature for feature in features_of_words if " " not in feature and feature != UNKNOWN}
    return lexicon().known | own


def pack(model: Model) -> dict[str, Any]:
    """Return the arrays of a model file: weights in 8 bits with a scale per feature row."""
    arrays: dict[str, Any] = {
        "intents": np.array(model.intents),
        "bias": model.bias.astype(np.float32),
        "certainty": np.array([*model.certainty.weights, model.certainty.bias], np.float32),
        "thresholds": np.array([model.thresholds[intent] for intent in model.intents], np.float32),
    }
    words = [name for name in model.blocks[0].rows if name.isalnum()]
    arrays["words"] = np.frombuffer("\n".join(words).encode(), np.uint8)
    arrays["letters"] = np.array([model.blocks[1].total(letters(word)) for word in words], np.float16)
    for number, block in enumerate(model.blocks):
        weights = block.table[:, :-1]
        scale = np.abs(weights).max(axis=1).clip(1e-6) / 127
        arrays |= {
            f"features{number}": np.frombuffer("\n".join(block.rows).encode(), np.uint8),
            f"weights{number}": np.rint(weights / scale[:, None]).astype(np.int8),
            f"scale{number}": scale.astype(np.float16),
            f"rarity{number}": block.table[:, -1].astype(np.float16),
            f"block{number}": np.array([block.unseen, block.share], np.float32),
        }
    return arrays


def unpack(arrays: Any) -> Model:
    """Return the model of the arrays in a model file."""
    intents = tuple(str(intent) for intent in arrays["intents"])
    blocks = []
    for number in range(BLOCKS):
        names = arrays[f"features{number}"].tobytes().decode().split("\n")
        table = np.empty((len(names), len(intents) + 1), np.float32)
        np.multiply(arrays[f"weights{number}"], arrays[f"scale{number}"].astype(np.float32)[:, None], out=table[:, :-1])
        table[:, -1] = arrays[f"rarity{number}"]
        unseen, share = (float(value) for value in arrays[f"block{number}"])
        blocks.append(Block(dict(zip(names, range(len(names)), strict=True)), table, unseen, share))
    *weights, bias = (float(value) for value in arrays["certainty"])
    thresholds = dict(zip(intents, (float(value) for value in arrays["thresholds"]), strict=True))
    known = known_words(list(blocks[0].rows))
    words = arrays["words"].tobytes().decode().split("\n")
    remembered = dict(zip(words, arrays["letters"].astype(np.float32), strict=True))
    certainty = Certainty(tuple(weights), bias)
    return Model(intents, tuple(blocks), arrays["bias"], known, certainty, thresholds, remembered)


@cache
def load(path: Path = PATH) -> Model:
    """Read a model file once."""
    with np.load(path, allow_pickle=False) as arrays:
        return unpack(arrays)
