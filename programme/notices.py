"""Notices: what a message tells, in values that stand in a text approved beforehand; their names and places."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from programme.model.messages import Notice

_DATED: Final = ("name", "wave", "cutoff")

PLACES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "deadline": _DATED,
        "last_day": _DATED,
        "last_evening": _DATED,
        "deadline_unknown": ("name", "wave"),
        "cutoff_moved": _DATED,
        "purchase_shown": ("name", "platform"),
        "morning_after": _DATED,
        "finish": ("name",),
        "review": ("name",),
        "connect": ("name",),
        "survey": ("name",),
        "announcement": ("text",),
        "staff_reply": ("ticket",),
    }
)
"""Every notice there is, and the values that it tells."""

_LONGEST: Final[Mapping[str, int]] = MappingProxyType({"name": 60, "text": 600})
_OTHERS: Final = 160


def notice(name: str, language: str, /, **values: str) -> Notice:
    """Make a notice, each value on one line and within its measure. Raises ValueError for other places than its own."""
    if set(values) != set(PLACES.get(name, ())):
        raise ValueError(f"the notice {name} tells {', '.join(PLACES.get(name, ())) or 'nothing'}")
    return Notice(name, language, {place: one_line(value, longest(place)) for place, value in values.items()})


def longest(place: str) -> int:
    """Return how many characters the value of a place may have."""
    return _LONGEST.get(place, _OTHERS)


def one_line(text: str, most: int) -> str:
    """Return `text` on one line of at most `most` characters; it is cut between words, and never empty.

    Meta refuses a parameter with a line break, a tab, more than four spaces in a row, or nothing in it.
    """
    line = " ".join(text.split())
    if len(line) > most:
        kept = line[: most - 1]
        line = f"{kept.rpartition(' ')[0] or kept}…"
    return line or "-"
