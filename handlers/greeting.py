"""A hello, answered with the one thing that matters most now."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import what_is_left
from handlers.phrases.next_step import with_next_step
from handlers.phrases.salutations import greeted_back
from locales import N_, _
from programme.model.messages import Open
from programme.model.milestones import Milestone


@conversation("greeting", about=N_("Menyapa"), traits=Traits(beside=True))
async def greeting(turn: Turn) -> Reply | Open:
    """Greet back; somebody new gets acquainted, somebody known hears what is left."""
    if turn.participant.wave is None and not turn.participant.welcomed:
        return Open("start")
    reply = say(_("{hello} 👋 Ada yang bisa kubantu?"), hello=greeted_back(turn))
    cutoff = turn.cutoff
    if cutoff and not turn.too_late and not turn.participant.has(Milestone.BOUGHT):
        reply = reply.also(
            _("Batas beli pelatihan pertamamu {day} pukul 23.59 WIB.\n{left}"),
            day=cutoff.day,
            left=what_is_left(cutoff, turn.now),
        )
    return with_next_step(reply, turn).row(button(_("📍 Statusku"), "status"), button(_("📋 Menu"), "help"))
