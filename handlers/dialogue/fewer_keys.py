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
    shown: set[str] = set()
    left = MOST if len(reply.messages) > 1 else len(_keys(reply))

    def stays(key: Key) -> bool:
        nonlocal left
        is_choice = isinstance(key, Button) and isinstance(key.action, Answer)
        names = _names(key)
        if names & shown or (left == 0 and not is_choice):
            return False
        shown.update(names)
        left -= not is_choice
        return True

    messages = []
    for message in reversed(reply.messages):
        rows = [tuple(filter(stays, row)) for row in message.keys]
        messages.append(replace(message, keys=tuple(filter(None, rows))))
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
