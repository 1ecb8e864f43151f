"""Withdrawal of consent (Law 27/2022, articles 9, 40 and 43): everything stops at once, and then all is deleted.

Source: UU 27/2022, as of 2022-10-17: processing ends within 3 x 24 hours of the request, and the data are deleted.
"""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.understanding.phrases import says
from locales import _
from programme.model.events import ProcessingPaused
from programme.model.messages import Open
from programme.model.participants import Pause


def withdraws(spoken: Spoken) -> Recognised | None:
    """Hear *tarik persetujuan*, said plainly; a question is answered, and whoever wants all deleted is asked."""
    text = spoken.text
    if spoken.incoming.forwarded or says("a question", text) or says("delete my data", text):
        return None
    if not says("withdraw my consent", text):
        return None
    return Recognised(Open("withdraw_consent"), "privacy", spoken.understood.confidence)


@conversation("withdraw_consent", traits=Traits(listens={Stage.FIRST: withdraws}, beside=True))
async def withdraw_consent(turn: Turn) -> Reply:
    """Stop at once and say so; what would be lost by it is said once, without asking back."""
    turn.record(ProcessingPaused(Pause.WITHDRAWN.value))
    reply = say(
        _(
            "✅ Persetujuanmu <b>sudah ditarik</b>, berlaku sekarang. Datamu tidak kupakai lagi, aku tidak mengirim "
            "pengingat atau kabar, dan dalam 3 x 24 jam semuanya kuhapus."
        )
    )
    reply = with_cutoff(reply, turn, _("⏰ Catat sendiri, batas belimu:\n{when}"))
    reply = reply.also(_("Kepesertaan Kartu Prakerja-mu tidak berubah; itu ada di Prakerja."))
    reply = reply.button(_("🗑 Hapus sekarang juga"), "forget_me")
    return reply.button(_("↩️ Setuju lagi"), "resume_processing")
