"""*Saya belum beli, emang harus?*, *kok insentif belum masuk? Belum beli*: first the purchase, then the incentive."""

from __future__ import annotations

import re
from typing import Final

from handlers.dialogue.in_talk import NOT_BOUGHT, named_in_talk
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.phrases.wave_number import wave_number
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import _
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "must_i_buy"
_PAID: Final = "paid"
"""The answer that tells that the money was asked for, as if it were due."""
_ANOTHER: Final = "another"
"""The answer that tells that somebody else has bought."""
_OF_IT: Final = frozenset(("incentive_problem", "incentive_history", "when_paid"))
_CUT: Final = re.compile(r"[.,;:?!\n]+")


def asks_without_having_bought(spoken: Spoken) -> Recognised | None:
    """Hear somebody who has not bought and asks whether they must, or whether the money comes all the same."""
    text = spoken.text
    if spoken.participant.has(Milestone.BOUGHT) or not says("not bought", text):
        return None
    if not any(says(what, part) for part in _CUT.split(text) for what in ("must it be", "does the money come")):
        return None
    return Recognised(Open(NAME, spoken.told), "deadline", spoken.understood.confidence)


def asks_too_early(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks for the money and says, or said in this talk, that they have not bought."""
    text, understood = spoken.text, spoken.understood
    if spoken.participant.has(Milestone.BOUGHT) or names_somebody(text) or says("of the balance", text):
        return None
    yet = says("no purchase after all", text) or NOT_BOUGHT in named_in_talk(spoken.matter)
    asked = understood.intent in _OF_IT and (understood.certain or says("about the incentive", text))
    opened = Open(NAME, {**spoken.told, _PAID: "1"})
    return Recognised(opened, understood.intent, understood.confidence) if yet and asked else None


def asks_early_or_beside(spoken: Spoken) -> Recognised | None:
    """Hear either of the two that ask as if nothing had to be bought."""
    return asks_too_early(spoken) or asks_beside_another(spoken)


def asks_beside_another(spoken: Spoken) -> Recognised | None:
    """Hear *kalau suami sudah beli berarti aku aman juga kan?*: nobody is safe by what another has bought."""
    if spoken.participant.has(Milestone.BOUGHT) or not says("safe by another", spoken.text):
        return None
    if not (says("a question", spoken.text) or says("is it so", spoken.text)):
        return None
    return Recognised(Open(NAME, {**spoken.told, _ANOTHER: "1"}), "deadline", spoken.understood.confidence)


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        part_of="deadline",
        moots=frozenset({"incentive_problem"}),
        slots=frozenset({"wave"}),
        listens={Stage.FIRST: asks_early_or_beside, Stage.STATEMENT: asks_without_having_bought},
        follow_ups=DATE_QUESTIONS,
    ),
)
async def must_i_buy(turn: Turn) -> Reply | Open:
    """Say that the purchase comes first, until when, and that nothing is paid without it."""
    cutoff = turn.cutoff or _of_the_wave_named(turn)
    if cutoff is not None and turn.now > cutoff.at:
        return Open("deadline", turn.answers)
    words = _(
        "🛒 Ya, harus beli dulu. Insentif baru bisa cair setelah pelatihan pertama dibeli, selesai, dan diberi "
        "rating dan ulasan. Tidak beli sampai batasnya: kepesertaan dicabut, dan tidak ada yang cair."
    )
    if turn.told(_PAID) is not None:
        words = _(
            "💰 Belum bisa masuk, dan itu bukan gagal: insentif baru dijadwalkan setelah pelatihan pertamamu "
            "<b>dibeli</b>, <b>selesai</b>, dan diberi <b>rating dan ulasan</b>. Jadi belinya dulu ya."
        )
    if turn.told(_ANOTHER) is not None:
        words = _(
            "❌ Belum aman: kepesertaan itu per orang, jadi pembelian orang lain tidak berlaku untukmu. Kamu tetap "
            "harus beli pelatihan pertamamu <b>sendiri</b>."
        )
    reply = say(words)
    if cutoff is not None:
        reply = reply.also(_("⏰ Jangan ditunda, batas belimu:\n{when}"), when=on_both_clocks(cutoff, turn.place))
    return with_next_step(reply, turn)


def _of_the_wave_named(turn: Turn) -> Cutoff | None:
    """Return the cutoff of the wave that was spoken of, where nobody has told the person's own."""
    named = wave_number(turn.told("wave"))
    found = turn.programme.cutoff(named) if named is not None and turn.participant.wave is None else None
    return found if found is not None and found.certainty is not Certainty.UNSURE else None
