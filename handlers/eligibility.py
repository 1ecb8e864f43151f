"""Whether work, another aid or a change in life touches one's place in the programme."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import N_, _
from programme.model.messages import Open

_NEAR = frozenset(("eligibility", "revoked", "status", "incentive_history", NO_ANSWER))
"""What the classifier takes it for; a text that is surely about something else is not heard."""


def tells_of_a_change(spoken: Spoken) -> Recognised | None:
    """Hear *keterima kerja, insentifnya masih lanjut ga*: a change in life, and what it does to the place."""
    if spoken.understood.certain and spoken.understood.intent not in _NEAR:
        return None
    asked = says("a change in life", spoken.text) and says("may one still take part", spoken.text)
    own = says("this programme itself", spoken.text) and not says("join again", spoken.text)
    return Recognised(Open("eligibility"), "eligibility", spoken.understood.confidence) if asked and own else None


@conversation(
    "eligibility",
    about=N_("Masih boleh ikut?"),
    traits=Traits(tells=True, listens={Stage.TOLD: tells_of_a_change}, follow_ups={"a worry": Open("eligibility")}),
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
