"""What a person hears when something broke on our side."""

from __future__ import annotations

from handlers.dialogue.reply import say
from locales import _, speaking
from programme.model.messages import Message
from programme.programme import Programme


def apology(language: str, programme: Programme) -> tuple[Message, ...]:
    """Say that it is our fault, that nothing was lost, and what to do."""
    with speaking(language):
        reply = say(
            _(
                "Maaf, barusan ada gangguan di pihakku, bukan salahmu. Datamu aman. "
                "Coba kirim lagi sebentar ya. Kalau mendesak, telepon Prakerja: {phone} (bebas pulsa)."
            ),
            phone=programme.contacts["phone"].value,
        )
        return reply.button(_("📋 Menu"), "help").messages
