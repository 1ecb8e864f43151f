"""What a message answers to the question when one will buy, by what it is like, where no list has its words.

*Si kecil rewel seharian*, *dompet tipis*, *niki sanes Pak Slamet*: nobody lists a life. The classes of reasons bear the
names of phrases.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from handlers.understanding.sorter import NONE, Sorter

REPLIES: Final = Sorter("replies", safe=0.9)
"""One is read where else it would be asked what was meant, or only *later* be heard."""

AGREES: Final = "agrees"
DONE: Final = "it is done"
DONE_ELSE: Final = "something else is done"
ANNOYED: Final = "annoyed by reminders"
ANOTHER_PERSON: Final = "another person"
SAD: Final = "sad"
SMALL_TALK: Final = "small talk"

_LONGEST: Final = 25
"""Words; a longer text tells of more than one thing."""


@lru_cache(maxsize=64)
def reply_like(text: str) -> tuple[str, bool]:
    """Return the class of answers that a text is most like, and whether that is certain."""
    return REPLIES.of(text) if len(text.split()) <= _LONGEST else (NONE, False)
