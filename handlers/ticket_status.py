"""*Cek aduan*: how far a complaint is."""

from __future__ import annotations

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.helpdesk.hearing import asks_for_ticket
from handlers.helpdesk.words import standing
from handlers.phrases.next_step import with_next_step
from locales import _
from programme.model.messages import Open


def asks_how_far(spoken: Spoken) -> Open | None:
    """Hear *cek aduan* ahead of any open question."""
    return Open("ticket_status") if asks_for_ticket(spoken.text) else None


@conversation("ticket_status", commands=("aduan",), traits=Traits(expects=asks_how_far))
async def ticket_status(turn: Turn) -> Reply | Open:
    """Say where the person's latest ticket stands; without a helpdesk, who else can help."""
    if turn.helpdesk is None:
        return Open("handoff")
    reply = standing(turn.helpdesk, turn.participant, turn.now)
    ticket = turn.helpdesk.ticket
    if ticket is not None and ticket.is_open:
        return with_next_step(reply, turn)
    if ticket is not None and turn.helpdesk.can_reopen:
        return reply.button(_("🔓 Buka lagi"), "reopen_ticket", t=str(ticket.id))
    return reply.button(_("💬 Bicara dengan petugas"), "handoff")
