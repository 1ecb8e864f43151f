"""The same method on lines that nobody here wrote: xSID in Indonesian (van der Goot et al. 2021, CC-BY-SA-4.0).

Read in place from `../shared/xsid`: trained on its valid part, tested on its test part. The concepts of the programme
have no business there, so the domain (alarms, reminders, weather, music, tables, ratings, films, works) has a list of
its own, `xsid_concepts.tsv`: written from the names of the intents, the valid part and Indonesian at large, and never
with an eye on the test part. Beside it stands the figure without any concepts. Every setting was chosen by repeated
cross-validation within the valid part: docs/UNDERSTANDING.md has the figures. They flatter the list somewhat, since it
was written after reading the valid part; the test part does not.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from handlers.understanding.concepts import About, concepts_of
from handlers.understanding.lexicon import concepts_in
from handlers.understanding.model import Model
from handlers.understanding.tokens import cut

XSID = Path(__file__).parents[2] / "shared" / "xsid"
CONCEPTS = Path(__file__).with_name("xsid_concepts.tsv")
STRENGTHS = (3.0, 10.0, 30.0, 100.0)
FOLDS, ROUNDS = 10, 1


class Row(NamedTuple):
    """One line: its words as the classifier sees them, and what it means."""

    words: tuple[str, ...]
    intent: str


class Method(NamedTuple):
    """How to fit: see `fit`."""

    strength: float
    shares: tuple[float, ...]
    rare: tuple[int, ...]
    about: About


def xsid(folder: Path = XSID) -> dict[str, Any] | None:
    """Return the accuracy on the test part, with the strength, and those across the valid part; None without the data.

    Words, neighbours, letter runs, the mark of an unknown word, concepts and their pairs, the same fitting; but not the
    word lists and names of the programme. The same without concepts stands under "without concepts".
    """
    if not folder.is_dir():
        return None
    valid, test = rows(folder / "valid.tsv"), rows(folder / "test.tsv")
    return {**_asked(valid, test, with_concepts()), "without concepts": _asked(valid, test, without_concepts())}


def with_concepts(path: Path = CONCEPTS) -> Method:
    """Return the method with the concepts of a list.

    A concept counts from one line on: it was listed on purpose, and an intent here may have no other line.
    """
    about = lru_cache(maxsize=None)(partial(concepts_of, listed=concepts_in(path)))
    return Method(3.0, (1.0, 1.0, 1.5), (2, 2, 1), about)


def without_concepts() -> Method:
    """Return the method with words and letter runs alone."""
    return Method(10.0, (1.0, 1.0, 0.0), (2, 2, 2), lambda _: ())


def validated(lines: Sequence[Row], method: Method) -> float:
    """Return the accuracy on lines held out of training, each once a round, the intents shared out evenly."""
    scores = []
    for seed in range(ROUNDS):
        fold_of = _folds(lines, seed)
        for fold in range(FOLDS):
            inside = [line for line, place in zip(lines, fold_of, strict=True) if place != fold]
            outside = [line for line, place in zip(lines, fold_of, strict=True) if place == fold]
            scores.append(right(trained(inside, method), outside) * len(outside))
    return sum(scores) / len(lines) / ROUNDS


def trained(lines: Sequence[Row], method: Method) -> Model:
    """Train as the shipped model is trained, but that every intent weighs the same: here some have one line."""
    from handlers.understanding.fitting import Sample, fit  # slow to load, for it needs scikit-learn

    counts = Counter(line.intent for line in lines)
    usual = len(lines) / len(counts)
    samples = [Sample(row.words, row.intent, usual / counts[row.intent], at) for at, row in enumerate(lines)]
    return fit(
        samples, strength=method.strength, shares=method.shares, rare=method.rare, rare_pair=1, about=method.about
    )


def right(model: Model, lines: Sequence[Row]) -> float:
    """Return how often the best guess is the one meant."""
    return sum(model.best(line.words) == line.intent for line in lines) / len(lines)


def rows(path: Path) -> list[Row]:
    """Read a part."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return [Row(_words(text), intent) for text, intent in lines]


def _asked(valid: Sequence[Row], test: Sequence[Row], method: Method) -> dict[str, Any]:
    score = right(trained(valid, method), test)
    across = {strength: round(validated(valid, method._replace(strength=strength)), 4) for strength in STRENGTHS}
    return {"test": round(score, 4), "strength": method.strength, "valid": across}


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
