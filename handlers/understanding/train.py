"""Train the classifier from the reviewable utterances: the same data give the same bytes.

Run `python -m handlers.understanding.train`. It refuses to replace a model by one that is worse on `dev.tsv`;
`--force` replaces it all the same, for when the intents themselves have changed.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO

os.environ.setdefault("OMP_NUM_THREADS", "1")  # sums in one order: the same bytes on every run

import numpy as np

from handlers.understanding.augment import noisy
from handlers.understanding.fitting import HeldOut, Sample, Words, fit, fit_certainty
from handlers.understanding.model import Model
from handlers.understanding.packing import PATH, pack, unpack
from handlers.understanding.sorter import words_of
from handlers.understanding.utterances import DevLine, Utterance, dev_lines, utterances

FOLDS = 4
NOISE = 0.5
"""What a noisy variant weighs beside its utterance."""
FEW, SHORT = 2, 2.0
LONG, STORY = 10, 0.5
"""Words of an utterance that only names its matter, and of one that tells a story, and what these weigh beside others.

A story has words of other matters in it, and must not outvote a plain question.
"""
SAFE = 0.9875
"""How often a certain answer has to be right on messages held out; asked of deadlines still more strictly.

A quarter of a point more than wanted, since the development lines have taught which utterances were missing.
"""


def samples(lines: list[Utterance]) -> list[Sample]:
    """Return the utterances and their noisy variants as the classifier sees them."""
    found = []
    for source, line in enumerate(lines):
        words = words_of(line.text)
        found.append(Sample(words, line.intent, _weight(words), source))
        found += [Sample(words_of(text), line.intent, NOISE, source) for text in noisy(line.text, line.intent)]
    return found


def _weight(words: Words) -> float:
    if len(words) <= FEW:
        return SHORT
    return STORY if len(words) > LONG else 1.0


def held_out(lines: list[Utterance], given: list[Sample]) -> list[HeldOut]:
    """Return how each utterance is read by a model that never heard its author's voice."""
    fold_of = _folds(lines)
    found: list[HeldOut] = []
    for fold in range(FOLDS):
        model = fit([sample for sample in given if fold_of[lines[sample.source].voice] != fold])
        found += [
            HeldOut(model.read(words_of(line.text)), frozenset({line.intent}), 1.0)
            for line in lines
            if fold_of[line.voice] == fold
        ]
    return found


def _folds(lines: list[Utterance]) -> dict[str, int]:
    """Share the voices out so that the folds are about equally large."""
    sizes, folds = [0] * FOLDS, {}
    for voice, count in sorted(Counter(line.voice for line in lines).items(), key=lambda item: (-item[1], item[0])):
        folds[voice] = sizes.index(min(sizes))
        sizes[folds[voice]] += count
    return folds


def settle(model: Model, outside: list[HeldOut]) -> Model:
    """Return the model with its certainty fitted, and the thresholds from which its answers are safe enough."""
    certainty = fit_certainty(outside, model)
    sure = [
        (certainty.of(one.reading, model.known), model.intents[one.reading.order[0]] in one.accepted, one.weight)
        for one in outside
    ]
    threshold = safe_from(sure, SAFE)
    thresholds = dict.fromkeys(model.intents, threshold)
    thresholds["deadline"] = max(threshold, safe_from(sure, SAFE + 0.005))
    return replace(model, certainty=certainty, thresholds=thresholds)


def safe_from(sure: list[tuple[float, bool, float]], wanted: float) -> float:
    """Return the lowest certainty above which at least this share of the best guesses, by weight, was right."""
    right, count, threshold = 0.0, 0.0, 1.0
    for certainty, was_right, weight in sorted(sure, reverse=True):
        right += was_right * weight
        count += weight
        if right / count >= wanted:
            threshold = certainty
    return round(threshold, 3)


def top1(model: Model, lines: list[DevLine]) -> float:
    """Return how often the best guess is an accepted one."""
    return sum(model.best(words_of(line.text)) in line.accepted for line in lines) / len(lines)


def trained(lines: list[Utterance], developed: list[DevLine]) -> Model:
    """Train on utterances, and settle the certainty on held-out voices and the development lines."""
    given = samples(lines)
    model = fit(given)
    outside = held_out(lines, given)
    weight = len(outside) / max(len(developed), 1)
    outside += [HeldOut(model.read(words_of(line.text)), line.accepted, weight) for line in developed]
    return unpack(pack(settle(model, outside)))


def saved(model: Model) -> bytes:
    """Return the bytes of the model file."""
    file = BytesIO()
    np.savez_compressed(file, **pack(model))
    return file.getvalue()


def main(arguments: list[str]) -> int:
    """Train, compare with the shipped model, and write the new one if it is no worse."""
    lines = dev_lines()
    model = trained(utterances(), lines)
    score = top1(model, lines)
    before = 0.0
    if PATH.exists() and "--force" not in arguments:
        with np.load(PATH, allow_pickle=False) as arrays:
            before = top1(unpack(arrays), lines)
    told = f"dev top-1 {score:.4f}, shipped {before:.4f}, threshold {min(model.thresholds.values())}\n"
    sys.stdout.write(told)
    if score < before:
        sys.stderr.write("The new model is worse on dev.tsv; the shipped one stays.\n")
        return 1
    PATH.write_bytes(saved(model))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
