"""*Salah sambung*, *ini HP bapakku*: whoever reads is not whom Sobat writes to, and may know them."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.understanding.phrases import says
from handlers.understanding.replies import ANOTHER_PERSON, reply_like
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "wrong_person"
_SHORT: Final = 9
"""Words; a longer text has something to tell besides."""


def is_somebody_else(spoken: Spoken) -> Recognised | None:
    """Hear who says that the message was not for them, by the words and by what they are like."""
    text = spoken.text
    if len(text.split()) > _SHORT or not says("not the one", text) or says("a question", text):
        return None
    elsewhere = spoken.understood.entity("wave") is not None or (
        spoken.matter is not None and WHOSE in spoken.matter.told
    )
    if elsewhere or reply_like(text)[0] != ANOTHER_PERSON:
        return None
    return Recognised(Open(NAME), None, spoken.understood.confidence)


@conversation(NAME, traits=Traits(listens={Stage.STATEMENT: is_somebody_else}))
async def wrong_person(turn: Turn) -> Reply:
    """Apologise, ask to pass on what matters, and offer to be silent: nothing stops before it is pressed."""
    reply = say(_("🙏 Maaf, berarti pesanku sampai ke orang yang salah."))
    if turn.cutoff is not None and not (turn.too_late or turn.participant.has(Milestone.BOUGHT)):
        reply = say(
            _(
                "🙏 Maaf, berarti pesanku sampai ke orang yang salah. Kalau kamu kenal pesertanya, tolong sampaikan: "
                "pelatihan pertamanya harus dibeli paling lambat {when}."
            ),
            when=on_both_clocks(turn.cutoff, turn.place),
        )
    reply = reply.also(_("Tidak ada hubungannya denganmu? Pilih saja di bawah ini, nanti aku berhenti."))
    reply = reply.button(_("🔕 Hentikan pengingat"), "reminder_settings", level="none")
    return reply.button(_("🗑 Hapus data di chat ini"), "forget_me").button(_("🙋 Aku pesertanya"), "status")
