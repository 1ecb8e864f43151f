"""Phrases in the message that just came in, for conversations that ask nothing: a replay has another message."""

from __future__ import annotations

from handlers.dialogue.turn import Turn
from handlers.understanding.phrases import says
from programme.model.messages import Sort


def typed(turn: Turn) -> str:
    """Return the typed words; empty where a button or a command came in."""
    return "" if turn.incoming.sort is Sort.PRESS or turn.incoming.text.startswith("/") else turn.incoming.text


def matches(turn: Turn, what: str) -> bool:
    """Tell whether the typed words say one of the phrases under `what`."""
    return says(what, typed(turn))
