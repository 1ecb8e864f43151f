"""Train the sorters from their reviewable lines, all or those that are named: `python -m` and the name of this module.

Each voice is a region or a way of writing; the certainty is settled on voices that the model did not hear.
"""

from __future__ import annotations

import os
import random
import sys
from dataclasses import replace
from typing import Final

os.environ.setdefault("OMP_NUM_THREADS", "1")  # sums in one order: the same bytes on every run

from handlers.understanding.augment import mistyped
from handlers.understanding.fitting import HeldOut, Sample, fit, fit_certainty
from handlers.understanding.model import Model
from handlers.understanding.packing import pack, unpack
from handlers.understanding.replies import REPLIES
from handlers.understanding.short_questions import SHORT_QUESTIONS
from handlers.understanding.sorter import NONE, Sorter, words_of
from handlers.understanding.steps_told import STEPS_TOLD
from handlers.understanding.train import NOISE, safe_from, saved
from handlers.understanding.utterances import TRAINING, Utterance

SORTERS: Final = (SHORT_QUESTIONS, STEPS_TOLD, REPLIES)
_VARIANTS: Final = 2
"""Mistyped copies of each line."""


def lines(sorter: Sorter) -> list[Utterance]:
    """Return the lines of a sorter, each under its class."""
    rows = (TRAINING / f"{sorter.name}.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if "\t" in row and not row.startswith("#")]
    return [Utterance(text, kind, voice) for kind, voice, text in parts]


def samples(given: list[Utterance]) -> list[Sample]:
    """Return the lines and mistyped variants of them as the classifier sees them."""
    found = []
    for source, line in enumerate(given):
        found.append(Sample(words_of(line.text), line.intent, 1.0, source))
        chance = random.Random(line.text)  # noqa: S311 - noise, no secret
        variants = [mistyped(line.text, chance, slips=1) for _ in range(_VARIANTS)]
        found += [Sample(words_of(text), line.intent, NOISE, source) for text in variants]
    return found


def held_out(given: list[Utterance], seen: list[Sample]) -> list[HeldOut]:
    """Return how each line is read by a model that never heard its voice."""
    found = []
    for voice in sorted({line.voice for line in given}):
        model = fit([sample for sample in seen if given[sample.source].voice != voice])
        told = [line for line in given if line.voice == voice]
        found += [HeldOut(model.read(words_of(line.text)), frozenset({line.intent}), 1.0) for line in told]
    return found


def settled(model: Model, outside: list[HeldOut], safe: float) -> Model:
    """Return the model with its certainty fitted, and the threshold from which its readings are safe enough."""
    certainty = fit_certainty(outside, model)
    read = [(certainty.of(one.reading, model.known), model.intents[one.reading.order[0]], one) for one in outside]
    threshold = safe_from([(sure, best in one.accepted, 1.0) for sure, best, one in read if best != NONE], safe)
    meant = [(sure, best in one.accepted) for sure, best, one in read if NONE not in one.accepted]
    heard = [right for sure, right in meant if sure >= threshold and right]
    right = [best for _sure, best, one in read if best in one.accepted]
    told = f"voices held out: {len(right) / len(read):.1%} right; of what belongs to a class,"
    sys.stdout.write(f"{told} {len(heard) / len(meant):.1%} heard from a certainty of {threshold} on\n")
    return replace(model, certainty=certainty, thresholds=dict.fromkeys(model.intents, threshold))


def train(sorter: Sorter) -> None:
    """Train, settle and write the weights of a sorter."""
    sys.stdout.write(f"{sorter.name}: ")
    given = lines(sorter)
    seen = samples(given)
    sorter.path.write_bytes(saved(unpack(pack(settled(fit(seen), held_out(given, seen), sorter.safe)))))


def main(names: list[str]) -> None:
    """Train the sorters of these names; without any, all."""
    for sorter in SORTERS:
        if not names or sorter.name in names:
            train(sorter)


if __name__ == "__main__":
    main(sys.argv[1:])
