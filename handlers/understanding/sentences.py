"""The sentences of a text: those that state something, and those that ask."""

from __future__ import annotations

import re
from typing import Final

_ENDS: Final = re.compile(r"(?<=[.!?\n])\s+")


def stated(text: str) -> str:
    """Return a text without the sentences that ask."""
    return " ".join(part for part in _ENDS.split(text) if "?" not in part)
