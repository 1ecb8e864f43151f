"""Train anew with lines that the staff labelled, in a process of its own: `python -m handlers.understanding.retrain`.

Labelled lines come in as JSON, a list of [text, intent]; the model's file goes to the first argument, and what it
measured beside the model before to standard output. A second argument names another folder of utterances.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from handlers.understanding import understand, understand_by
from handlers.understanding.evaluate import TODAY, Line, figures, judge
from handlers.understanding.model import Model
from handlers.understanding.train import saved, trained
from handlers.understanding.utterances import TRAINING, VOICE, DevLine, Utterance, dev_lines, utterances

_POLITE: Final = 15
"""So much less urgent than the processes that answer people."""


class Labelled(NamedTuple):
    """A line that a person found an intent in."""

    text: str
    intent: str


def retrained(labelled: Sequence[Labelled], folder: Path = TRAINING) -> tuple[Model, dict[str, Any]]:
    """Return the new model, and what it and the shipped one make of the held-out and of the labelled lines."""
    lines, developed = utterances(folder), dev_lines(folder)
    before = _measured(None, developed, labelled)
    added = [Utterance(one.text, one.intent, VOICE) for one in labelled]
    model = trained([*lines, *added], developed)
    return model, {"before": before, "after": _measured(model, developed, labelled)}


def _measured(model: Model | None, developed: Sequence[DevLine], labelled: Sequence[Labelled]) -> dict[str, Any]:
    understand_by(model)
    try:
        found = figures(judge([Line(line.text, line.accepted) for line in developed]))
        return {
            "top1": found["top1"],
            "answered": found["coverage"],
            "right": found["accuracy_answered"],
            "understood": sorted({one.intent for one in labelled if _understood(one)}),
            "lines": sum(map(_understood, labelled)),
        }
    finally:
        understand_by(None)


def _understood(one: Labelled) -> bool:
    meaning = understand(one.text, today=TODAY)
    return meaning.certain and meaning.intent == one.intent


def main(arguments: list[str]) -> int:
    """Read lines, train, write the model's file and the figures."""
    os.nice(_POLITE)
    labelled = [Labelled(*pair) for pair in orjson.loads(sys.stdin.buffer.read())]
    model, measured = retrained(labelled, *map(Path, arguments[1:2]))
    Path(arguments[0]).write_bytes(saved(model))
    sys.stdout.buffer.write(orjson.dumps(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
