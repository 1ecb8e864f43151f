"""Trace: which message or delivery is in hand, so that whatever is logged meanwhile can be put together again.

It is named by rows, as `inbox/12` and `delivery/34`, which tell nothing of anybody. Where an operator asked for spans,
each step of the way is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Final

NOTHING: Final = ""

SpanNote = Callable[[str, str], None]
"""Adds to a span what came of it: a name and one of a few words, never anybody's."""

SpanOpener = Callable[[str, str], AbstractContextManager[SpanNote]]
"""Opens a span: the step, and what is in hand."""

_in_hand: ContextVar[str] = ContextVar("in_hand", default=NOTHING)
_open_span: SpanOpener | None = None


def in_hand() -> str:
    """Return what is in hand here and now; empty where nothing is."""
    return _in_hand.get()


def open_spans_by(opener: SpanOpener | None) -> None:
    """Have every step in this process opened as a span; None for none."""
    global _open_span  # noqa: PLW0603 - spans are the process's, as its log is
    _open_span = opener


def _unnoted(_name: str, _word: str) -> None:
    return


@contextmanager
def tracing(what: str, step: str = "work") -> Iterator[SpanNote]:
    """Have everything that is logged in the block, and in tasks begun there, tell what it was about."""
    token = _in_hand.set(what)
    try:
        if _open_span is None:
            yield _unnoted
        else:
            with _open_span(step, what) as note:
                yield note
    finally:
        _in_hand.reset(token)
