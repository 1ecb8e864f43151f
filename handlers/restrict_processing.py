"""Restriction (Law 27/2022, articles 11 and 41): the data stay as they are, and nothing is done with them.

Source: UU 27/2022, as of 2022-10-17: within 3 x 24 hours of the request, and the person is told that it is done.
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


def restricts(spoken: Spoken) -> Recognised | None:
    """Hear *jangan proses data saya*, said plainly; a question about it is answered."""
    text = spoken.text
    if spoken.incoming.forwarded or says("a question", text) or says("delete my data", text):
        return None
    if not says("leave my data alone", text) or says("withdraw my consent", text):
        return None
    return Recognised(Open("restrict_processing"), "privacy", spoken.understood.confidence)


@conversation("restrict_processing", traits=Traits(listens={Stage.FIRST: restricts}, beside=True))
async def restrict_processing(turn: Turn) -> Reply:
    """Stop at once and say so; corrections and questions go on."""
    turn.record(ProcessingPaused(Pause.RESTRICTED.value))
    reply = say(
        _(
            "⏸ Pemrosesan datamu <b>sudah dibatasi</b>, berlaku sekarang. Datamu tetap tersimpan tapi tidak kupakai: "
            "tidak ada yang kucatat, dan aku tidak mengirim pengingat atau kabar. Kalau kamu bertanya, tetap kujawab."
        )
    )
    reply = with_cutoff(reply, turn, _("⏰ Catat sendiri, batas belimu:\n{when}"))
    reply = reply.button(_("▶️ Lanjutkan lagi"), "resume_processing").button(_("✏️ Perbaiki dataku"), "correct_data")
    return reply.button(_("🗑 Hapus semua dataku"), "forget_me")
