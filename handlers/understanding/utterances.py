"""The reviewable files from which the understanding is trained: what people write, by intent and voice."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

TRAINING = Path(__file__).parent / "training"

VOICE = "peserta"
"""Under which voice lines that the staff labelled join the others."""


class Utterance(NamedTuple):
    """One line of the training files."""

    text: str
    intent: str
    voice: str


class DevLine(NamedTuple):
    """One line of `dev.tsv`: a text by an author whom the training does not know, and the intents that would do."""

    text: str
    accepted: frozenset[str]


def utterances(folder: Path = TRAINING) -> list[Utterance]:
    """Return the training utterances, in a fixed order."""
    found = []
    for path in sorted((folder / "intents").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            if "\t" in line and not line.startswith("#"):
                voice, text = line.split("\t", 1)
                found.append(Utterance(text.strip(), path.stem, voice.strip()))
    return found


def dev_lines(folder: Path = TRAINING) -> list[DevLine]:
    """Return the development lines."""
    rows = [line.split("\t") for line in (folder / "dev.tsv").read_text("utf-8").splitlines() if "\t" in line]
    return [DevLine(row[0], frozenset(row[1].split(","))) for row in rows if not row[0].startswith("#")]
