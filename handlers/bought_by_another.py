"""*Suami aku sudah beli di Pintaria*: somebody else's purchase, which does nothing for the person who writes."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reporting import for_another, with_own_cutoff
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "bought_by_another"
_FURTHER: Final = {
    **{
        what: Open(NAME)
        for what in (
            *("with theirs", "must one buy as well", "safe as well"),
            *("not yet oneself", "I have not", "theirs, not mine"),
        )
    },
    "and mine": Open("deadline"),
    "both of them": Open("deadline"),
}


@conversation(NAME, traits=Traits(tells=True, follow_ups=_FURTHER))
async def bought_by_another(turn: Turn) -> Reply | Open:
    """Say that nothing is noted, that each buys for themselves, and until when the person may."""
    if turn.too_late and turn.told(ASKED) is not None:
        return Open("revoked")
    asked = turn.told(ASKED) or ("are they safe" if matches(turn, "are they safe") else None)
    reply = with_own_cutoff(say(_opening(asked)), turn)
    if not turn.participant.has(Milestone.BOUGHT):
        reply = reply.button(_("✅ Aku juga sudah beli"), "report_bought")
    return with_next_step(reply, turn)


def _opening(asked: str | None) -> str:
    match asked:
        case "must one buy as well":
            return _("Ya: pembelian dia hanya berlaku untuk dia. Kamu harus <b>beli sendiri</b>.")
        case "with theirs":
            return _("Tidak bisa: akun, kartu, dan saldo dia hanya untuk dia. Kamu harus <b>beli sendiri</b>.")
        case "are they safe":
            return _(
                "Kalau belinya sebelum batas gelombangnya, dia aman. Ceknya di dashboard miliknya: pembeliannya harus "
                "tampil di sana. Untukmu ini tidak kucatat."
            )
        case "safe as well":
            return _("Belum: pembelian dia hanya berlaku untuk dia. Tiap peserta harus <b>beli sendiri</b>.")
        case "not yet oneself" | "I have not":
            return _("Oke, kamu belum. Pilih dan <b>beli sendiri</b> dari dashboard-mu ya, sebelum batasnya.")
        case "theirs, not mine":
            return for_another()
        case _:
            return _("👍 Itu pembelian dia, jadi tidak kucatat untukmu. Tiap peserta harus <b>beli sendiri</b>.")
