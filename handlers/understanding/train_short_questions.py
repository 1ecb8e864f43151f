"""Train what reads short questions from their reviewable lines, by `python -m` and the name of this module.

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
from handlers.understanding.short_questions import NONE, PATH, words_of
from handlers.understanding.train import NOISE, safe_from, saved
from handlers.understanding.utterances import TRAINING, Utterance

SAFE: Final = 0.92
"""How often a reading has to be right with voices held out: without it, it would be asked what was meant."""
_VARIANTS: Final = 2


def lines() -> list[Utterance]:
    """Return the lines, each under the name of what it asks."""
    rows = (TRAINING / "short_questions.tsv").read_text("utf-8").splitlines()
    parts = [row.split("\t") for row in rows if "\t" in row and not row.startswith("#")]
    return [Utterance(text, asked, voice) for asked, voice, text in parts]


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


def settled(model: Model, outside: list[HeldOut]) -> Model:
    """Return the model with its certainty fitted, and the threshold from which its readings are safe enough."""
    certainty = fit_certainty(outside, model)
    read = [(certainty.of(one.reading, model.known), model.intents[one.reading.order[0]], one) for one in outside]
    threshold = safe_from([(sure, best in one.accepted, 1.0) for sure, best, one in read if best != NONE], SAFE)
    asks = [(sure, best, one) for sure, best, one in read if NONE not in one.accepted]
    heard = [best for sure, best, one in asks if sure >= threshold and best in one.accepted]
    right = [best for _sure, best, one in read if best in one.accepted]
    told = f"voices held out: {len(right) / len(read):.1%} right, {len(heard) / len(asks):.1%} of the questions heard"
    sys.stdout.write(f"{told} from a certainty of {threshold} on\n")
    return replace(model, certainty=certainty, thresholds=dict.fromkeys(model.intents, threshold))


def main() -> None:
    """Train, settle and write the model."""
    given = lines()
    seen = samples(given)
    PATH.write_bytes(saved(unpack(pack(settled(fit(seen), held_out(given, seen))))))


if __name__ == "__main__":
    main()
