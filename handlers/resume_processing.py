"""Consent given again, with its words; and what is said meanwhile to whoever wants something noted."""

from __future__ import annotations

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.consent import consent
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reminders_set import next_reminder
from locales import _
from programme.model.events import ProcessingResumed
from programme.model.participants import Pause


@conversation("resume_processing", traits=Traits(beside=True))
async def resume_processing(turn: Turn) -> Reply:
    """Use the data again and remind as before; whoever never stopped it hears that nothing changed."""
    if turn.participant.pause is None:
        return with_next_step(say(_("Datamu memang sedang dipakai seperti biasa, jadi tidak ada yang diubah.")), turn)
    turn.record(ProcessingResumed())
    reply = say(_("✅ Siap, aku lanjut seperti semula.\n{next}"), next=next_reminder(turn))
    return with_next_step(reply.then(consent()), turn)


@conversation("while_paused", traits=Traits(purpose=Purpose.PAUSED, beside=True))
async def while_paused(turn: Turn) -> Reply:
    """Say that nothing was noted, and by which press it would be."""
    reply = say(
        _("⏸ Itu <b>tidak kucatat</b>: kamu minta datamu tidak dipakai. Mau kulanjutkan lagi, pengingat juga jalan?")
        if turn.participant.pause is Pause.RESTRICTED
        else _("🚫 Itu <b>tidak kucatat</b>: persetujuanmu sudah ditarik, dan datamu segera kuhapus. Mau setuju lagi?")
    )
    reply = reply.button(_("▶️ Ya, lanjutkan lagi"), "resume_processing")
    return reply.button(_("🗑 Hapus semua dataku"), "forget_me")
