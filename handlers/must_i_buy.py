"""*Saya belum beli, emang harus?*, *belum beli, duit bakal masuk ga?*: first the purchase, then the incentive."""

from __future__ import annotations

import re
from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "must_i_buy"
_CUT: Final = re.compile(r"[.,;:?!\n]+")


def asks_without_having_bought(spoken: Spoken) -> Recognised | None:
    """Hear somebody who has not bought and asks whether they must, or whether the money comes all the same."""
    text = spoken.text
    if spoken.participant.has(Milestone.BOUGHT) or not says("not bought", text):
        return None
    if not any(says(what, part) for part in _CUT.split(text) for what in ("must it be", "does the money come")):
        return None
    return Recognised(Open(NAME, spoken.told), "deadline", spoken.understood.confidence)


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        part_of="deadline",
        moots=frozenset({"incentive_problem"}),
        slots=frozenset({"wave"}),
        listens={Stage.STATEMENT: asks_without_having_bought},
        follow_ups=DATE_QUESTIONS,
    ),
)
async def must_i_buy(turn: Turn) -> Reply | Open:
    """Say that the purchase comes first, until when, and that nothing is paid without it."""
    cutoff = turn.cutoff or _of_the_wave_named(turn)
    if cutoff is not None and turn.now > cutoff.at:
        return Open("deadline", turn.answers)
    reply = say(
        _(
            "🛒 Ya, harus beli dulu. Insentif baru bisa cair setelah pelatihan pertama dibeli, selesai, dan diberi "
            "rating dan ulasan. Tidak beli sampai batasnya: kepesertaan dicabut, dan tidak ada yang cair."
        )
    )
    if cutoff is not None:
        reply = reply.also(_("⏰ Jangan ditunda, batas belimu:\n{when}"), when=on_both_clocks(cutoff, turn.place))
    return with_next_step(reply, turn)


def _of_the_wave_named(turn: Turn) -> Cutoff | None:
    """Return the cutoff of the wave that was spoken of, where nobody has told the person's own."""
    named = turn.told("wave") or ""
    found = turn.programme.cutoff(int(named)) if named.isdigit() and turn.participant.wave is None else None
    return found if found is not None and found.certainty is not Certainty.UNSURE else None
