"""How far somebody says they have come, where that lies behind the purchase: *makanya insentif gw cair*.

Nothing is noted of it. It only keeps the answers of the same talk from sending them back to a step that it implies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from handlers.understanding.phrases import says
from handlers.understanding.reports import OF_A_TURN, Said
from handlers.understanding.statements import names_somebody, quoted
from handlers.understanding.telling import step_told

_STEPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "incentive_paid": ("the first was paid", "the incentive came to me"),
        "certified": ("the certificate is out",),
        "completed": ("the class is done",),
    }
)
"""The steps, the furthest first, and the phrases that tell them."""
_REPORTED: Final = ("reviewed", "completed")
_DOUBTS: Final = ("a question", "supposing", "not certain", "not so or not sure", "another aid")
_CLAUSES: Final = re.compile(r"(?<=[.?!,;\n])")
_BUT: Final = re.compile(r"\s(?:tapi|tp|tetapi|cuma|cuman|namun|but)\s", re.IGNORECASE)


def plain_clauses(text: str) -> Iterator[str]:
    """Yield the clauses that neither ask nor doubt."""
    for part in _CLAUSES.split(text):
        clause = _BUT.split(part)[0] if says("only the money is missing", part) else part
        if not any(says(doubt, clause) for doubt in _DOUBTS):
            yield clause


@lru_cache(maxsize=OF_A_TURN)
def furthest_told(text: str, today: date) -> str | None:
    """Return the furthest step behind the purchase that a clause tells of the person's own; None where none does."""
    if quoted(text):
        return None
    clauses = [clause for clause in plain_clauses(text) if not names_somebody(clause)]
    for step, phrases in _STEPS.items():
        if any(says(what, clause) for clause in clauses for what in phrases):
            return step
    return next((step for step in _REPORTED if step_told(step, text, today=today) is Said.PLAINLY), None)
