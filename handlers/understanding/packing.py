"""The file of a trained model: weights in 8 bits with a scale per feature."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from handlers.understanding.features import UNKNOWN
from handlers.understanding.lexicon import lexicon
from handlers.understanding.model import Calibration, Model
from handlers.understanding.sheet import Block, Table, WeightSheet

PATH = Path(__file__).parent / "model.npz"


def pack(model: Model) -> dict[str, Any]:
    """Return the arrays of a model file."""
    sheet = model.sheet
    words = [name for name in sheet.rows[0] if name.isalnum()]
    arrays: dict[str, Any] = {
        "intents": np.array(model.intents),
        "bias": model.bias.astype(np.float32),
        "certainty": np.array([*model.certainty.weights, model.certainty.bias], np.float32),
        "thresholds": np.array([model.thresholds[intent] for intent in model.intents], np.float32),
        "words": _joined(words),
        "letters": np.array([sheet.letters_of(word) for word in words], np.float16),
    }
    for number, (rows, unseen) in enumerate(zip(sheet.rows, sheet.unseen, strict=True)):
        table = sheet.table[list(rows.values())]
        weights = table[:, :-1]
        scale = np.abs(weights).max(axis=1).clip(1e-6) / 127
        arrays |= {
            f"features{number}": _joined(rows),
            f"weights{number}": np.rint(weights / scale[:, None]).astype(np.int8),
            f"scale{number}": scale.astype(np.float16),
            f"rarity{number}": table[:, -1].astype(np.float16),
            f"unseen{number}": sheet.table[unseen, -1],
        }
    return arrays


def unpack(arrays: Any) -> Model:
    """Return the model of the arrays in a model file."""
    intents = tuple(str(intent) for intent in arrays["intents"])
    blocks = [_block(arrays, number) for number in range(3)]
    *weights, bias = (float(value) for value in arrays["certainty"])
    return Model(
        intents=intents,
        sheet=WeightSheet.of(blocks, len(intents) + 1, _split(arrays["words"]), arrays["letters"], halves=True),
        bias=arrays["bias"],
        known=known_words(blocks[0].names),
        certainty=Calibration(tuple(weights), bias),
        thresholds=dict(zip(intents, (float(value) for value in arrays["thresholds"]), strict=True)),
    )


def _block(arrays: Any, number: int) -> Block:
    def write(rows: Table) -> None:
        np.multiply(arrays[f"weights{number}"], arrays[f"scale{number}"].astype(np.float32)[:, None], out=rows[:, :-1])
        rows[:, -1] = arrays[f"rarity{number}"]

    return Block(_split(arrays[f"features{number}"]), write, float(arrays[f"unseen{number}"]))


@cache
def load(path: Path = PATH) -> Model:
    """Read a model file once."""
    with np.load(path, allow_pickle=False) as arrays:
        return unpack(arrays)


def read_model(content: bytes) -> Model:
    """Read the bytes of a model file."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        return unpack(arrays)


@cache
def shipped() -> str:
    """Name the shipped model by its digest: what was trained beside another one may not fit this code."""
    return sha256(PATH.read_bytes()).hexdigest()


def known_words(features_of_words: Iterable[str]) -> frozenset[str]:
    """Return the words that a model has met: its own single words and those of the word lists."""
    own = {feature for feature in features_of_words if " " not in feature and feature != UNKNOWN}
    return lexicon().known | own


def _joined(names: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def _split(joined: Any) -> list[str]:
    names: list[str] = joined.tobytes().decode().split("\n")
    return names
