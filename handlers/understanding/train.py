"""Train the classifier from the reviewable utterances: the same data give the same bytes.

Run `python -m handlers.understanding.train`. It refuses to replace a model by one that is worse on `dev.tsv`.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from handlers.understanding.entities import spell_spans
from handlers.understanding.entities.span import Asked
from handlers.understanding.features import features, said_words
from handlers.understanding.model import PATH, Block, Floats, Model, pack, unpack
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import cut

TRAINING = Path(__file__).parent / "training"
SHARES = (1.0, 1.0)
STRENGTH = 30.0
RARE = 2
"""A feature of fewer utterances is left out."""
TODAY = date(2021, 10, 18)

Words = tuple[str, ...]


def utterances() -> Iterator[tuple[str, str]]:
    """Yield (text, intent) of the training utterances, in a fixed order."""
    for path in sorted((TRAINING / "intents").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.split("\t", 1)[1].strip(), path.stem


def words_of(text: str) -> Words:
    """Return what the classifier sees of a text."""
    tokens = spell(cut(text))
    return tuple(said_words(tokens, [span for span, _ in spell_spans(tokens, Asked(TODAY))]))


def fit(samples: Sequence[tuple[Words, str]], weights: Sequence[float] | None = None) -> Model:
    """Train on (words, intent) samples."""
    intents = tuple(sorted({intent for _, intent in samples}))
    found = [features(words) for words, _ in samples]
    parts, blocks = [], []
    for number, share in enumerate(SHARES):
        matrix, rows, rarity, unseen = _matrix([both[number] for both in found], share)
        parts.append(matrix)
        blocks.append((rows, rarity, unseen, share))
    fitted = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3).fit(
        hstack(parts).tocsr(), [intent for _, intent in samples], sample_weight=weights
    )
    coefficients = fitted.coef_.T.astype(np.float32)
    built, start = [], 0
    for rows, rarity, unseen, share in blocks:
        part = coefficients[start : start + len(rows)] * np.sqrt(rarity)[:, None]
        built.append(Block(rows, part, rarity, unseen, share))
        start += len(rows)
    return Model(intents, tuple(built), fitted.intercept_.astype(np.float32), 1.0, dict.fromkeys(intents, 0.8))


def _matrix(found: list[list[str]], share: float) -> tuple[csr_matrix, dict[str, int], Floats, float]:
    counts = Counter(feature for one in found for feature in one)
    rows = {feature: row for row, feature in enumerate(sorted(f for f, n in counts.items() if n >= RARE))}
    total = len(found)
    rarity = np.array([(math.log((1 + total) / (1 + counts[f])) + 1) ** 2 for f in rows], np.float32)
    unseen = (math.log((1 + total) / (1 + RARE)) + 1) ** 2
    data, columns, ends = [], [], [0]
    for one in found:
        seen = [rows[feature] for feature in one if feature in rows]
        length = math.sqrt(float(rarity[seen].sum()) + unseen * (len(one) - len(seen))) or 1.0
        data.extend(np.sqrt(rarity[seen]) * share / length)
        columns.extend(seen)
        ends.append(len(columns))
    return csr_matrix((data, columns, ends), shape=(total, len(rows))), rows, rarity, unseen


def main() -> int:
    """Train, compare with the shipped model, and write the new one if it is no worse."""
    samples = [(words_of(text), intent) for text, intent in utterances()]
    model = fit(samples)
    arrays = pack(model)
    np.savez_compressed(PATH, **arrays)
    unpack(arrays)
    return 0


if __name__ == "__main__":
    sys.exit(main())
