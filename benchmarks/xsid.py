"""The same method on lines that nobody here wrote: xSID in Indonesian (van der Goot et al. 2021, CC-BY-SA-4.0).

Read in place from `../shared/xsid`: trained on its valid part, tested on its test part. The only setting, the strength
of the fitting, is chosen by cross-validation within the valid part; the test part is asked once, with that setting.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from handlers.understanding.fitting import Sample, fit
from handlers.understanding.model import Model
from handlers.understanding.tokens import cut

XSID = Path(__file__).parents[2] / "shared" / "xsid"
STRENGTHS = (10.0, 30.0, 100.0, 300.0)
FOLDS, ROUNDS = 10, 1


class Row(NamedTuple):
    """One line: its words as the classifier sees them, and what it means."""

    words: tuple[str, ...]
    intent: str


def xsid(folder: Path = XSID) -> dict[str, Any] | None:
    """Return the accuracy on the test part, with the strength and its accuracy across the valid part; None without it.

    Words, neighbours, letter runs, the mark of an unknown word, the same fitting; but not the word lists, names and
    concepts of the programme, which have no business there.
    """
    if not folder.is_dir():
        return None
    valid = rows(folder / "valid.tsv")
    across = {strength: validated(valid, strength) for strength in STRENGTHS}
    chosen = max(across, key=lambda strength: (across[strength], -strength))
    test = right(trained(valid, chosen), rows(folder / "test.tsv"))
    return {"test": round(test, 4), "strength": chosen, "valid": {s: round(a, 4) for s, a in across.items()}}


def validated(lines: Sequence[Row], strength: float) -> float:
    """Return the accuracy on lines held out of training, each once a round, the intents shared out evenly."""
    scores = []
    for seed in range(ROUNDS):
        fold_of = _folds(lines, seed)
        for fold in range(FOLDS):
            inside = [line for line, place in zip(lines, fold_of, strict=True) if place != fold]
            outside = [line for line, place in zip(lines, fold_of, strict=True) if place == fold]
            scores.append(right(trained(inside, strength), outside) * len(outside))
    return sum(scores) / len(lines) / ROUNDS


def trained(lines: Sequence[Row], strength: float) -> Model:
    """Train as the shipped model is trained, but that every intent weighs the same: here some have one line."""
    counts = Counter(line.intent for line in lines)
    usual = len(lines) / len(counts)
    samples = [Sample(row.words, row.intent, usual / counts[row.intent], at) for at, row in enumerate(lines)]
    return fit(samples, strength=strength, shares=(1.0, 1.0, 0.0))


def right(model: Model, lines: Sequence[Row]) -> float:
    """Return how often the best guess is the one meant."""
    return sum(model.best(line.words) == line.intent for line in lines) / len(lines)


def rows(path: Path) -> list[Row]:
    """Read a part."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return [Row(_words(text), intent) for text, intent in lines]


def _folds(lines: Sequence[Row], seed: int) -> list[int]:
    chance, places = random.Random(seed), defaultdict(list)
    for at, line in enumerate(lines):
        places[line.intent].append(at)
    for found in places.values():
        chance.shuffle(found)
    order = [at for intent in sorted(places) for at in places[intent]]
    fold_of = [0] * len(lines)
    for turn, at in enumerate(order):
        fold_of[at] = turn % FOLDS
    return fold_of


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.raw for token in cut(text) if token.raw[0].isalnum())
