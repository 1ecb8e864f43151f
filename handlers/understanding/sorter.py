"""Small classifiers beside that of the intents: which class a text is of, by what it is like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handlers.understanding.entities import spell_spans
from handlers.understanding.entities.span import Asked
from handlers.understanding.features import said_words
from handlers.understanding.spelling import prepare, spelt

if TYPE_CHECKING:
    from handlers.understanding.model import Model

NONE: Final = "none of these"
"""The class of what belongs to none."""

_ANY_DAY: Final = date(2021, 10, 18)
"""Which day a word like *besok* means is of no matter here."""


@dataclass(frozen=True)
class Sorter:
    """A classifier by its name: lines in `training/NAME.tsv`, weights in `NAME.npz`."""

    name: str
    safe: float
    """How often a certain reading must be right for lines in voices that were held out of training."""

    @property
    def path(self) -> Path:
        """The file of its weights."""
        return Path(__file__).parent / f"{self.name}.npz"

    def of(self, text: str) -> tuple[str, bool]:
        """Return the likeliest class of a text, and whether that is certain; `NONE` is never certain."""
        model = self._model()
        reading = model.read(words_of(text))
        best = model.intents[reading.order[0]]
        return best, best != NONE and model.is_certain(best, model.sure_of(reading))

    def _model(self) -> Model:
        from handlers.understanding.packing import load  # numpy, with the first message

        prepare()
        return load(self.path)


def words_of(text: str) -> tuple[str, ...]:
    """Return what a classifier sees of a text, things that are named as their kinds."""
    tokens = spelt(text)
    return tuple(said_words(tokens, [span for span, _ in spell_spans(tokens, Asked(_ANY_DAY))]))
