"""What a few words ask of whatever was spoken of, read by a small classifier where no phrase says so.

*Ke siapa ka bertanya*, *lawase pira dina*, *maisinyo di ma*: nobody lists all that the regions say. The classes bear
the names of phrases, so that what may be asked of a matter is listed once (`Traits.follow_ups`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from handlers.understanding.sorter import Sorter

SHORT_QUESTIONS: Final = Sorter("short_questions", safe=0.92)
"""One is asked where else it would be asked what was meant."""

_LONGEST: Final = 9
"""Words; a longer text says by itself what it is about."""
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
    asked, certain = SHORT_QUESTIONS.of(text)
    return (asked, *_ALSO.get(asked, ())) if certain else ()
