"""What a few words ask of whatever was spoken of, read by a small classifier where no phrase says so.

*Ke siapa ka bertanya*, *lawase pira dina*, *maisinyo di ma*: nobody lists all that the regions say. The classes bear
the names of phrases, so that what may be asked of a matter is listed once (`Traits.follow_ups`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from handlers.understanding.entities import spell_spans
from handlers.understanding.entities.span import Asked
from handlers.understanding.features import said_words
from handlers.understanding.spelling import prepare, spelt

PATH: Final = Path(__file__).parent / "short_questions.npz"

NONE: Final = "none of these"
"""The class of what asks nothing that could be asked of any matter."""

_LONGEST: Final = 9
"""Words; a longer text says by itself what it is about."""
_ANY_DAY: Final = date(2021, 10, 18)
"""Which day a word like *besok* means is of no matter here."""

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "when it is": ("when it is paid", "the money, when", "when it comes"),
    "how much": ("of the money", "what it costs", "the price is asked", "in all"),
    "in all": ("how much", "of the money"),
    "how long": ("how long it takes",),
    "where to do it": ("where it is", "where to look", "where it is sold"),
    "what comes next": ("what then",),
    "must one pay oneself": ("with whose money",),
    "does it cost": ("must one pay oneself", "with whose money"),
    "still in time now": ("still in time", "still possible"),
    "may it be": ("still possible",),
    "a doubt": ("really",),
    "is it gone": ("is it lost",),
    "what is that": ("what it means",),
    "by another way": ("phone or chat",),
    "when they answer": ("on a day off",),
    "nobody answers": ("it does not connect",),
    "a contact": ("whom to ask",),
}
"""Phrases by which some conversations list the same question."""


@lru_cache(maxsize=64)
def asked_in_short(text: str) -> tuple[str, ...]:
    """Return the phrases for which a short text may stand, best first; none where that is not likely."""
    if len(text.split()) > _LONGEST:
        return ()
    from handlers.understanding.packing import load  # numpy, with the first message

    prepare()
    model = load(PATH)
    reading = model.read(words_of(text))
    asked = model.intents[reading.order[0]]
    if asked == NONE or not model.is_certain(asked, model.sure_of(reading)):
        return ()
    return (asked, *_ALSO.get(asked, ()))


def words_of(text: str) -> tuple[str, ...]:
    """Return what the classifier sees of a text, things that are named as their kinds."""
    tokens = spelt(text)
    return tuple(said_words(tokens, [span for span, _ in spell_spans(tokens, Asked(_ANY_DAY))]))
