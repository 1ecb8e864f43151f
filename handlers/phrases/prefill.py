"""Prefilled answers: what the opening message tells besides the things it names, kept so that a replay knows it."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches
from programme.model.messages import Open

HEARD = "heard"


def prefill(turn: Turn, conversation: str, name: str, patterns: Mapping[str, str]) -> Open | None:
    """On the first turn of a dialogue, go on with the answer to `name` whose pattern the message fits, if any.

    Afterwards None: a later message answers questions. Patterns are tried in their order, as `said` does.
    """
    if HEARD in turn.answers:
        return None
    heard = next((value for value, pattern in patterns.items() if matches(turn, pattern)), None)
    found = {name: heard} if heard is not None and name not in turn.answers else {}
    return Open(conversation, {HEARD: "1", **turn.answers, **found})
