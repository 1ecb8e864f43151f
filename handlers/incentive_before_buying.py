"""*Insentifku kok belum masuk? Belum beli sih*: what comes before any incentive, for who has not bought."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.in_talk import NOT_BOUGHT, named_in_talk
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "incentive_before_buying"
_OF_IT: Final = frozenset(("incentive_problem", "incentive_history", "when_paid"))


def asks_too_early(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks for the money and says, or said in this talk, that they have not bought."""
    text, understood = spoken.text, spoken.understood
    if spoken.participant.has(Milestone.BOUGHT) or names_somebody(text) or says("of the balance", text):
        return None
    yet = says("no purchase after all", text) or NOT_BOUGHT in named_in_talk(spoken.matter)
    asked = understood.intent in _OF_IT and (understood.certain or says("about the incentive", text))
    return Recognised(Open(NAME, spoken.told), understood.intent, understood.confidence) if yet and asked else None


@conversation(NAME, traits=Traits(tells=True, part_of="incentive_rules", listens={Stage.FIRST: asks_too_early}))
async def incentive_before_buying(turn: Turn) -> Reply:
    """Say that nothing failed: the first training comes first."""
    reply = say(
        _(
            "💰 Belum bisa masuk, dan itu bukan gagal: insentif baru dijadwalkan setelah pelatihan pertamamu "
            "<b>dibeli</b>, <b>selesai</b>, dan diberi <b>rating dan ulasan</b>. Jadi belinya dulu ya."
        )
    )
    return with_next_step(with_cutoff(reply, turn), turn)
