"""Authorship: the words of a message are the own ones of its sender, or forwarded, quoted, pasted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.understanding.statements import quoted
from programme.model.events import CutoffTold, Event, ObstacleNamed, Welcomed
from programme.model.messages import Incoming, Sort

THEN: Final = "then"
"""The answer that names the conversation which would note something, were the words the person's own."""

FORWARDED: Final = "[diteruskan]"
"""What the staff see before words that were forwarded; it is theirs, so it is not translated."""

PASSED_ON: Final = "passed_on_words"
"""The answer that tells that the opening words were forwarded."""

_HARMLESS: Final = (CutoffTold, ObstacleNamed, Welcomed)


def own_words(incoming: Incoming) -> bool:
    """Tell whether the person speaks for themselves: presses always do, words unless forwarded or quoted."""
    return incoming.sort in {Sort.PRESS, Sort.CONTACT} or not (incoming.forwarded or quoted(incoming.text))


def as_sent(incoming: Incoming) -> str:
    """Return the words for whoever reads along: those that were forwarded are marked as such."""
    words = incoming.text.strip()
    return f"{FORWARDED} {words}".strip() if incoming.forwarded else words


def sent_as(incoming: Incoming) -> dict[str, str]:
    """Return the answer that keeps with a conversation's opening words that they were forwarded."""
    return {PASSED_ON: "1"} if incoming.forwarded else {}


def notes_something(events: Sequence[Event]) -> bool:
    """Tell whether these events change what is known of the person, or when they are reminded."""
    return any(not isinstance(event, _HARMLESS) for event in events)
