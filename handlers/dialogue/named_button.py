"""Typed labels: a button that was offered last, called by its name instead of being pressed."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.label_said import says_label
from handlers.dialogue.question import plain
from handlers.dialogue.register import Purpose, conversation_for
from handlers.understanding.sentences import sentences
from programme.model.messages import Action, AskContact, Button, Key, Link, Open

LONGEST = 48
"""Characters of a text that may be the name of a button."""


def named_first(text: str, offered: Iterable[Key]) -> tuple[Action, str] | None:
    """Return what the button does whose label is the first sentence of a text, and the rest of the text."""
    first, *others = sentences(text)
    action = named_button(first, offered) if others else None
    return (action, " ".join(others)) if action is not None else None


def named_button(text: str, offered: Iterable[Key]) -> Action | None:
    """Return what the button does whose label was typed, whatever its emoji and case; None where there is none."""
    said = plain(text)
    for key in offered if said else ():
        if plain(key.label) != said and not says_label(text, key.label):
            continue
        match key:
            case Button(action=action):
                return action
            case AskContact():
                return Open(conversation_for(Purpose.OWN_NUMBER))
            case Link():
                return None
    return None
