"""A button whose moment has passed."""

from __future__ import annotations

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from locales import _


@conversation("old_button", traits=Traits(purpose=Purpose.OLD_BUTTON, beside=True))
async def old_button(turn: Turn) -> Reply:
    """Say that the button no longer counts, and offer what is current."""
    reply = say(_("Tombol itu sudah tidak berlaku. Yang terbaru di sini ya:"))
    return with_next_step(reply, turn).row(button(_("📍 Statusku"), "status"), button(_("📋 Menu"), "help"))
