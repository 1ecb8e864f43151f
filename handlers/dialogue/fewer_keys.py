"""Buttons of one answer: none twice, and no more than fit below a message at a glance."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.dialogue.reply import Reply
from programme.model.messages import Answer, Button, Key, Link

MOST: Final = 6
"""Buttons below an answer of several parts, beside the choices of a question, which are all needed."""


def with_fewer_keys(reply: Reply) -> Reply:
    """Return the reply without the buttons that it repeats; where it has several parts, with few of the others.

    The last message is looked at first: what stands below it is what people see.
    """
    seen: set[str] = set()
    left, messages = MOST if len(reply.messages) > 1 else len(_keys(reply)), []
    for message in reversed(reply.messages):
        rows = []
        for row in message.keys:
            kept = []
            for key in row:
                free = not (isinstance(key, Button) and isinstance(key.action, Answer))
                names = _names(key)
                if names & seen or (free and left == 0):
                    continue
                seen |= names
                left -= free
                kept.append(key)
            rows.append(tuple(kept))
        messages.append(replace(message, keys=tuple(row for row in rows if row)))
    return replace(reply, messages=tuple(reversed(messages)))


def _keys(reply: Reply) -> list[Key]:
    return [key for message in reply.messages for row in message.keys for key in row]


def _names(key: Key) -> set[str]:
    match key:
        case Button(label, action):
            return {label, repr(action)}
        case Link(label, url):
            return {label, url}
        case _:
            return {key.label}
