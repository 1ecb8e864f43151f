"""A thank-you, answered warmly and with the next step."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from locales import N_, _
from programme.model.milestones import Milestone


@conversation("thanks", about=N_("Berterima kasih"), traits=Traits(beside=True))
async def thanks(turn: Turn) -> Reply:
    """Answer thanks; whoever still has to buy and never heard until when hears it in half a sentence."""
    reply = say(_("Sama-sama! 🙏 Senang bisa bantu."))
    told = turn.cutoff is not None and turn.participant.told_cutoff == turn.cutoff.at
    if turn.cutoff and not told and not turn.too_late and not turn.participant.has(Milestone.BOUGHT):
        reply = reply.also(
            _("Jangan lupa beli pelatihan pertama sebelum {day} pukul 23.59 WIB ya."), day=turn.cutoff.day
        )
    return reply
