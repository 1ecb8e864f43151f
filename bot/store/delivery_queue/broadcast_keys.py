"""The key of an announcement's delivery: which announcement and whose it is, in one number below zero.

So one index keeps an announcement's rows together, in the order of people, and gives each person one.
Deliveries of one's own have keys above zero, from the database's counter.
"""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement

N = TypeVar("N", int, ColumnElement[int])

_PEOPLE = 2**40

EVERYBODY = _PEOPLE - 1
"""No participant's number is higher."""


def key_of(broadcast: N, participant: N | int) -> N:
    """Return the key of what a participant gets; of participant 0, the one below all of the announcement's."""
    return participant - broadcast * _PEOPLE


def broadcast_of(key: int) -> int:
    """Return the announcement to which a key belongs."""
    return -(key // _PEOPLE)
