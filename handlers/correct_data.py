"""Correction (Law 27/2022, articles 6 and 30): what is kept is shown, each thing with the press that puts it right.

Source: UU 27/2022, as of 2022-10-17: within 3 x 24 hours of the request, and the person is told; here it is at once.
"""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.kept_of_me import kept_of_me
from locales import _
from programme.model.milestones import Source


@conversation("correct_data", commands=("perbaikidata",), traits=Traits(tells=True, beside=True))
async def correct_data(turn: Turn) -> Reply:
    """Show what is kept, and lead to what is wrong of it; what is the programme's own only the programme corrects."""
    person = turn.participant
    reply = say(_("✏️ Ini yang kusimpan tentangmu. Yang mana yang salah?\n{kept}"), kept=kept_of_me(turn))
    reply = reply.also(
        _("Begitu kamu pilih dan jawab, langsung kuperbaiki. Nama panggilan ikut nama di aplikasi chatmu.")
    )
    if person.official:
        words = _(
            "Data resmi (gelombang, tanggal lolos, pembayaran) dari Prakerja; kalau itu salah, petugas yang urus."
        )
        reply = reply.also(words).button(_("🏛 Data resmi salah"), "handoff")
    else:
        reply = reply.button(_("✏️ Gelombangku salah"), "change_wave")
    reply = reply.button(_("🕐 Zonaku salah"), "my_zone")
    if any(step.source is not Source.OFFICIAL for step in person.progress.values()):
        reply = reply.button(_("↩️ Langkah yang kulaporkan salah"), "undo")
    return reply.button(_("🔔 Atur pengingat"), "reminder_settings").button(_("🗑 Hapus semua dataku"), "forget_me")
