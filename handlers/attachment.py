"""Stickers, voice, photos and the like: what Sobat can't read, and how to go on."""

from __future__ import annotations

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.helpdesk.hearing import has_open_ticket
from handlers.phrases.next_step import with_next_step
from locales import _
from programme.model.messages import Sort


@conversation("attachment", traits=Traits(purpose=Purpose.UNREADABLE, beside=True))
async def attachment(turn: Turn) -> Reply:
    """Say what came in and what to send instead; a caption is answered by itself."""
    sort = Sort(turn.told("sort") or Sort.OTHER)
    reply = say(_words(sort))
    if sort is Sort.OTHER and has_open_ticket(turn.helpdesk):
        reply = say(_("🚫 Yang ini tidak bisa kuteruskan ke petugas. Tulis isinya dengan kata-kata ya."))
    if turn.told("caption") is not None:
        return reply
    return with_next_step(reply, turn).row(button(_("🆘 Ada kendala"), "obstacle"), button(_("📋 Menu"), "help"))


def _words(sort: Sort) -> str:
    match sort:
        case Sort.PHOTO | Sort.VIDEO | Sort.DOCUMENT:
            return _(
                "🖼 Aku belum bisa membaca gambar atau file. Tulis saja isinya, misalnya pesan errornya. "
                "Jangan kirim foto KTP, kartu, atau kode OTP ya."
            )
        case Sort.VOICE:
            return _("🎙 Aku belum bisa mendengar pesan suara. Tulis singkat saja ya, bahasa sehari-hari boleh.")
        case Sort.STICKER:
            return _("😄 Stikernya lucu! Ada yang bisa kubantu?")
        case Sort.LOCATION:
            return _("📍 Aku tidak memerlukan lokasimu. Kalau soal jam, cukup tulis kotamu ya.")
        case _:
            return _("Pesanmu kosong atau belum bisa kubaca. Coba tulis dengan kata-kata ya.")
