"""The register of conversations: a decorated function in a file of this folder, or of `staff/`, is one."""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeVar

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from programme.model.messages import Open

Script = Callable[[Turn], Awaitable[Reply | Open]]
Some = TypeVar("Some", bound=Script)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A script by its name. `about` says in plain words what it is for, where it is one of the intents.

    `staff` ones find `Turn.staff` filled where the person belongs to the staff.
    """

    name: str
    script: Script
    about: str = ""
    commands: tuple[str, ...] = ()
    staff: bool = False


_registered: dict[str, Conversation] = {}


def conversation(
    name: str, *, about: str = "", commands: tuple[str, ...] = (), staff: bool = False
) -> Callable[[Some], Some]:
    """Register the script under `name`.

    `about` is the Indonesian sentence, marked with N_, that buttons show for it; `commands` are the words
    after a slash that open it. A script that returns `Open` goes on in that conversation.
    """

    def register(script: Some) -> Some:
        _registered[name] = Conversation(name, script, about, commands, staff)
        return script

    return register


@cache
def conversations() -> dict[str, Conversation]:
    """Return all conversations by name."""
    for folder in ("handlers", "handlers.staff"):
        for module in pkgutil.iter_modules(import_module(folder).__path__):
            import_module(f"{folder}.{module.name}")
    return dict(_registered)


@cache
def commands() -> dict[str, str]:
    """Return the names of conversations by the command that opens them."""
    found: dict[str, str] = {}
    for known in conversations().values():
        for word in known.commands:
            if word in found:
                raise ValueError(f"/{word} opens both {found[word]} and {known.name}")
            found[word] = known.name
    return found
