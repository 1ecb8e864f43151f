"""Prefilled answers: what the opening message tells besides the things it names, kept so that a replay knows it."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.dialogue.turn import Turn
from handlers.phrases.matches import typed
from handlers.understanding.phrases import first_said
from handlers.understanding.ruled_out import without_denied
from programme.model.messages import Open

HEARD = "heard"


def prefill(turn: Turn, conversation: str, name: str, heard: Mapping[str, str]) -> Open | None:
    """On the first turn of a dialogue, go on with the answer to `name` that the message tells, if any.

    `heard` maps what is said (`words/phrases.tsv`) to answers; the first that fits counts. Afterwards None: a later
    message answers questions.
    """
    if HEARD in turn.answers:
        return None
    told = first_said(heard, without_denied(typed(turn)))
    found = {name: told} if told is not None and name not in turn.answers else {}
    return Open(conversation, {HEARD: "1", **turn.answers, **found})
