"""The linear model in numpy: arrays trained by `train.py`, read once, applied to one message at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handlers.understanding.features import features

PATH = Path(__file__).parent / "model.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Block:
    """One block of features: row of each feature, weights per row and intent, and the squared rarity per row."""

    rows: dict[str, int]
    weights: Floats
    rarity: Floats
    unseen: float
    share: float

    def score(self, found: Sequence[str]) -> Floats | float:
        """Return the block's scores per intent; unseen features count in the length, so noise scores little."""
        rows = self.rows
        seen = [row for row in (rows.get(feature) for feature in found) if row is not None]
        if not seen:
            return 0.0
        length = float(self.rarity[seen].sum()) + self.unseen * (len(found) - len(seen))
        scores: Floats = self.weights[seen].sum(axis=0) * np.float32(self.share / length**0.5)
        return scores


@dataclass(frozen=True)
class Model:
    """A trained classifier with its calibration and the certainty from which it may answer without asking."""

    intents: tuple[str, ...]
    blocks: tuple[Block, ...]
    bias: Floats
    temperature: float
    thresholds: dict[str, float]

    def probabilities(self, words: Sequence[str]) -> Floats:
        """Return the calibrated probability of each intent."""
        scores = self.bias.copy()
        for block, found in zip(self.blocks, features(words), strict=True):
            scores += block.score(found)
        scores = (scores - scores.max()) / self.temperature
        odds: Floats = np.exp(scores)
        return odds / odds.sum()

    def is_certain(self, intent: str, confidence: float) -> bool:
        """Whether the evaluation showed that such a confidence is safe to answer on."""
        return confidence >= self.thresholds[intent]


def pack(model: Model) -> dict[str, Any]:
    """Return the arrays of a model file: weights in 8 bits with a scale per feature row."""
    arrays: dict[str, Any] = {
        "intents": np.array(model.intents),
        "bias": model.bias.astype(np.float32),
        "temperature": np.float64(model.temperature),
        "thresholds": np.array([model.thresholds[intent] for intent in model.intents], np.float32),
    }
    for number, block in enumerate(model.blocks):
        scale = np.abs(block.weights).max(axis=1).clip(1e-6) / 127
        arrays |= {
            f"features{number}": np.frombuffer("\n".join(block.rows).encode(), np.uint8),
            f"weights{number}": np.rint(block.weights / scale[:, None]).astype(np.int8),
            f"scale{number}": scale.astype(np.float16),
            f"rarity{number}": block.rarity.astype(np.float16),
            f"block{number}": np.array([block.unseen, block.share], np.float32),
        }
    return arrays


def unpack(arrays: Any) -> Model:
    """Return the model of the arrays in a model file."""
    intents = tuple(str(intent) for intent in arrays["intents"])
    blocks = []
    for number in range(2):
        names = arrays[f"features{number}"].tobytes().decode().split("\n")
        scale = arrays[f"scale{number}"].astype(np.float32)
        unseen, share = (float(value) for value in arrays[f"block{number}"])
        weights = arrays[f"weights{number}"].astype(np.float32) * scale[:, None]
        rarity = arrays[f"rarity{number}"].astype(np.float32)
        blocks.append(Block({name: row for row, name in enumerate(names)}, weights, rarity, unseen, share))
    thresholds = dict(zip(intents, (float(value) for value in arrays["thresholds"]), strict=True))
    return Model(intents, tuple(blocks), arrays["bias"], float(arrays["temperature"]), thresholds)


@cache
def load(path: Path = PATH) -> Model:
    """Read a model file once."""
    with np.load(path, allow_pickle=False) as arrays:
        return unpack(arrays)
