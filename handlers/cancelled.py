"""*Batal*: whatever was under way is dropped."""

from __future__ import annotations

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from locales import _
from programme.model.participants import ReminderLevel


@conversation("cancelled", traits=Traits(purpose=Purpose.CANCELLED))
async def cancelled(turn: Turn) -> Reply:
    """Say that it is dropped, or that there was nothing to drop."""
    dropped = turn.told("open")
    if dropped is None:
        reply = say(_("Tidak ada yang sedang berjalan. Ada yang bisa kubantu?"))
    elif dropped == "reminder_settings" and turn.participant.reminders.level is not ReminderLevel.NONE:
        reply = say(_("Oke, pengingatmu tetap jalan seperti semula. 👌"))
    else:
        reply = say(_("Oke, dibatalkan. 👌"))
    return with_next_step(reply, turn).row(button(_("📋 Menu"), "help"))
