"""The number of a wave, as it was told: nothing else is taken for one, wherever it comes from."""

from __future__ import annotations

from typing import Final

FURTHEST: Final = 200
"""No wave will have a higher number for long; a larger one is a slip of the finger."""


def wave_number(told: str | None) -> int | None:
    """Return the number of a wave; None for whatever can be none, such as 0."""
    if told is None or not told.isdecimal():
        return None
    return number if 0 < (number := int(told)) <= FURTHEST else None
