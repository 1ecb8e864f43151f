"""Trace: which message or delivery is in hand, so that whatever is logged meanwhile can be put together again.

It is named by rows, as `inbox/12` and `delivery/34`, which tell nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

NOTHING: Final = ""

_in_hand: ContextVar[str] = ContextVar("in_hand", default=NOTHING)


def in_hand() -> str:
    """Return what is in hand here and now; empty where nothing is."""
    return _in_hand.get()


@contextmanager
def tracing(what: str) -> Iterator[None]:
    """Have everything that is logged in the block, and in tasks begun there, tell what it was about."""
    token = _in_hand.set(what)
    try:
        yield
    finally:
        _in_hand.reset(token)
