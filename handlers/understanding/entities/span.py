"""What the entity finders are asked, and what they answer."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Asked(NamedTuple):
    """The person's local date, the kinds that a dialogue has just asked for (empty: none), and where days lie.

    `ahead` takes a day that may lie either way, such as *jumat*, as one to come.
    """

    today: date
    kinds: frozenset[str] = frozenset()
    ahead: bool = False


class Span(NamedTuple):
    """An entity over the tokens `first` up to, not including, `last`."""

    kind: str
    value: str
    first: int
    last: int
