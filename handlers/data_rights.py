"""The rights that Law 27/2022 gives people over their data, each one press away."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open


def asks_of_rights(spoken: Spoken) -> Recognised | None:
    """Hear *gimana cara tarik persetujuan?*: by a question about a right, nothing is done yet."""
    rights = ("withdraw my consent", "leave my data alone")
    if not says("a question", spoken.text) or not any(says(right, spoken.text) for right in rights):
        return None
    return Recognised(Open("data_rights"), "privacy", spoken.understood.confidence)


@conversation(
    "data_rights",
    commands=("hakdata",),
    traits=Traits(listens={Stage.FIRST: asks_of_rights}, tells=True, beside=True),
)
async def data_rights(turn: Turn) -> Reply:
    """Name the rights and what each press does; all of them take effect at once."""
    reply = say(
        _(
            "⚖️ <b>Hakmu atas datamu</b> (UU 27/2022), semuanya langsung berlaku:\n"
            "• <b>Lihat</b> dan salin semuanya\n"
            "• <b>Perbaiki</b> yang salah\n"
            "• <b>Batasi</b>: tetap tersimpan, tapi tidak dipakai\n"
            "• <b>Tarik persetujuan</b>: berhenti sekarang, terhapus dalam 3 x 24 jam\n"
            "• <b>Hapus</b> semuanya sekarang"
        )
    )
    reply = reply.button(_("👀 Lihat dataku"), "privacy", show="1").button(_("✏️ Perbaiki dataku"), "correct_data")
    if turn.participant.pause is not None:
        reply = reply.button(_("▶️ Lanjutkan lagi"), "resume_processing")
    else:
        reply = reply.button(_("⏸ Batasi pemrosesan"), "restrict_processing")
        reply = reply.button(_("🚫 Tarik persetujuan"), "withdraw_consent")
    return reply.button(_("🗑 Hapus semua dataku"), "forget_me")
