"""Whether work, another aid or a change in life touches one's place in the programme."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from locales import N_, _
from programme.model.messages import Open


@conversation(
    "eligibility", about=N_("Masih boleh ikut?"), traits=Traits(tells=True, follow_ups={"a worry": Open("eligibility")})
)
async def eligibility(turn: Turn) -> Reply:
    """Say honestly that no source tells, what is certain, and who can tell."""
    reply = say(
        _(
            "🤝 Soal kerja, kuliah, pindah, atau bantuan lain sesudah lolos, aturannya <b>tidak ada di sumberku</b>, "
            "jadi aku tidak mau menebak.\n\nYang pasti: kepesertaan dicabut kalau pelatihan pertama tidak dibeli "
            "sampai batasnya. Pelatihannya online, banyak yang bisa diikuti sambil kerja."
        )
    )
    return with_next_step(with_cutoff(ask_prakerja(reply, turn), turn), turn)
