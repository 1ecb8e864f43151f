"""Which step a message tells of as taken, by what it is like, where the words of a plain report don't bear it out.

*Tadi habis subuh sambil nunggu bolu mateng aku udah bayar yang di Sekolahmu*: nobody lists all that may stand beside a
report. What is certain here is as plain as what is listed; what is quoted, asked or supposed is judged elsewhere.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from handlers.understanding.sorter import Sorter

STEPS_TOLD: Final = Sorter("steps_told", safe=0.97)

UNDONE: Final = "undone"
"""The class of what takes a purchase back."""

_LONGEST: Final = 40
"""Words; a longer text tells of too much else."""


@lru_cache(maxsize=64)
def step_like(text: str) -> tuple[str, bool]:
    """Return the step (a `Milestone` value) that a text is most like a report of, and whether that is certain."""
    return STEPS_TOLD.of(text) if len(text.split()) <= _LONGEST else ("", False)
