"""Label of the button that leads to people: nobody is promised where there is no helpdesk."""

from __future__ import annotations

from dataclasses import replace

from handlers.dialogue.reply import Reply
from locales import _
from programme.model.messages import Button, Key
from programme.model.tickets import HelpdeskView


def to_people(helpdesk: HelpdeskView | None) -> str:
    """Name the button; without a helpdesk it only shows who can help."""
    return _("💬 Bicara dengan petugas") if helpdesk is not None else _("💬 Siapa yang bisa menolong?")


def without_promises(reply: Reply, helpdesk: HelpdeskView | None) -> Reply:
    """Return the reply with its buttons to people called what they lead to."""
    if helpdesk is not None:
        return reply

    promising = {_("💬 Bicara dengan petugas"), _("🙋 Bicara dengan petugas"), _("💬 Bicara dengan petugas lagi")}

    def honest(key: Key) -> Key:
        return replace(key, label=to_people(None)) if isinstance(key, Button) and key.label in promising else key

    messages = (replace(one, keys=tuple(tuple(map(honest, row)) for row in one.keys)) for one in reply.messages)
    return replace(reply, messages=tuple(messages))
