"""What the entity finders are asked, and what they answer."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Asked(NamedTuple):
    """The person's local date, and the kinds that a dialogue has just asked for (empty: none)."""

    today: date
    kinds: frozenset[str] = frozenset()


class Span(NamedTuple):
    """An entity over the tokens `first` up to, not including, `last`."""

    kind: str
    value: str
    first: int
    last: int
