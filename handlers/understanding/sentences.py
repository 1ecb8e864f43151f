"""The sentences of a text: those that state something, and those that ask."""

from __future__ import annotations

import re
from typing import Final

from handlers.understanding.phrases import says

SENTENCE_ENDS: Final = r"(?<=[.!?\n])\s+(?!(?i:atau|ato|atw)\b)"
"""Where a sentence ends; *Atau beli saja dulu?* is the other half of the question before it."""
_ENDS: Final = re.compile(SENTENCE_ENDS)
_CLAUSES: Final = re.compile(r"(?<=[.!?\n,;])\s+|(?=[^\w\s.,;:!?'’()/&%+-])")
"""Where a clause ends, or a picture stands."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return _ENDS.split(text)


def stated(text: str) -> str:
    """Return a text without the sentences that ask."""
    return " ".join(part for part in sentences(text) if "?" not in part)


def but_questions(text: str) -> str:
    """Return a text without the clauses that ask: *eh salah lihat, 21 deng, jadi kapan batasnya?*."""
    return " ".join(part for part in _CLAUSES.split(text) if "?" not in part)


def only_questions(text: str) -> str:
    """Return the clauses of a text that ask."""
    return " ".join(part for part in in_clauses(text) if "?" in part)


def in_clauses(text: str) -> list[str]:
    """Return the clauses of a text."""
    return _CLAUSES.split(text)


def without_sentences(what: str, text: str) -> str:
    """Return a text without the sentences that say one of the phrases under `what`."""
    return " ".join(part for part in sentences(text) if not says(what, part))
