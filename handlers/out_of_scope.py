"""Something that Sobat is not for: said plainly, with what it can do instead."""

from __future__ import annotations

from handlers.conversation import conversation
from handlers.reply import Reply, button, say
from handlers.turn import Turn
from locales import N_, _


@conversation("out_of_scope", about=N_("Hal lain"))
async def out_of_scope(turn: Turn) -> Reply:
    """Turn it away kindly."""
    del turn
    reply = say(
        _(
            "Maaf, soal itu di luar kemampuanku. Aku khusus bantu peserta <b>Kartu Prakerja</b>: batas beli, "
            "pelatihan, insentif, sertifikat, dan kendalanya."
        )
    )
    reply = reply.row(button(_("⏰ Batas beli"), "deadline"), button(_("📋 Menu"), "help"))
    return reply.button(_("🙋 Bicara dengan petugas"), "handoff")
