"""Staff check: which messages may belong to a conversation of the staff, so that the roof looks up who is writing."""

from __future__ import annotations

from handlers.dialogue.register import commands, conversations
from programme.model.dialogues import Dialogue
from programme.model.messages import Incoming, Open


def concerns_staff(incoming: Incoming, dialogue: Dialogue | None) -> bool:
    """Tell whether the message opens a conversation of the staff, or goes on with one."""
    opened = incoming.action.conversation if isinstance(incoming.action, Open) else _commanded(incoming.text)
    names = {opened, dialogue.conversation if dialogue else None} - {None}
    return any(name in conversations() and conversations()[name].staff for name in names if name)


def _commanded(text: str) -> str | None:
    if not text.startswith("/"):
        return None
    word = text[1:].partition(" ")[0].partition("@")[0]
    return commands().get(word.casefold())
