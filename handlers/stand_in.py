"""Whether somebody else may take part in one's place."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.before_cutoff import with_cutoff
from handlers.understanding.phrases import says
from locales import N_, _


@conversation(
    "stand_in",
    about=N_("Diwakilkan orang lain"),
    traits=Traits(tells=True, alert=True, after_any=frozenset({"by somebody else"})),
)
async def stand_in(turn: Turn) -> Reply:
    """Warn of *joki*; help with the phone is another thing, and what no source tells is left to the programme."""
    if says("with my own account", turn.said):
        return _from_their_account(turn)
    reply = say(
        _(
            "🙋 Yang lolos itu kamu, jadi ikutlah <b>sendiri</b>. Pelatihan yang dikerjakan orang lain (“joki”) "
            "termasuk penipuan, berbayar atau tidak, dan kepesertaanmu yang dipertaruhkan.\n\nDitemani memegang HP "
            "lain soal. Akun, kata sandi, dan OTP <b>jangan</b> diserahkan ke siapa pun."
        )
    )
    reply = reply.also(_("Sakit, melahirkan, atau ada halangan lain? Aturan khususnya tidak ada di sumberku."))
    return with_cutoff(ask_prakerja(reply, turn), turn)


def _from_their_account(turn: Turn) -> Reply:
    """Somebody else's training is bought with their own account; whose phone it is done on does not matter."""
    reply = say(
        _(
            "❌ <b>Tidak</b>: pelatihannya dibeli dari akun dia sendiri, dengan saldonya. HP-mu boleh dipakai: buka "
            "akunnya di situ, dan dia sendiri yang mengetik kata sandi dan OTP-nya."
        )
    )
    return with_cutoff(reply, turn)
