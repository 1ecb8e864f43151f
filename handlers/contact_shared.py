"""The person shared their own number: from now on the status is official, if the roster knows it."""

from __future__ import annotations

from handlers.conversation import conversation
from handlers.reply import Reply, button, say
from handlers.status import status
from handlers.turn import Turn
from locales import _


@conversation("contact_shared")
async def contact_shared(turn: Turn) -> Reply:
    """Take over what the roster says; an unknown number is said to be unknown."""
    if turn.roster is None:
        reply = say(
            _(
                "Terima kasih. Nomor itu belum ada di data resmi yang kupunya, jadi statusmu tetap dari ceritamu "
                "sendiri. Kalau datanya masuk nanti, otomatis kucocokkan."
            )
        )
        return reply.row(button(_("📍 Statusku"), "status"), button(_("⏰ Batas beli"), "deadline"))
    turn.record(turn.roster)
    return say(_("✔️ Cocok! Nomormu ada di data resmi.")).then(await status(turn))
