"""*Belum kelar*, *udah mulai*, *setengah lagi*: answers to *sudah mulai belajar?* that report nothing finished."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import PATH_QUESTIONS
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from handlers.understanding.step_answers import says_nothing_else
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "still_learning"

_OWN: Final = frozenset(
    (
        *("report_bought", "report_completed", "report_reviewed", "finish_by", "status", "plan", "deadline", "help"),
        *("greeting", "thanks", "out_of_scope"),
    )
)
"""Intents that so short an answer only seems to have."""
_QUESTIONS: Final = MappingProxyType(
    {"which comes first": Open("second_training", {ASKED: "not finished"}), **PATH_QUESTIONS}
)
_SHORT: Final = 8
"""Words."""


def answers_how_far(spoken: Spoken) -> Open | None:
    """Read a few words as how far the training is, where that was asked last."""
    if not spoken.was_offered("report_completed") or spoken.participant.has(Milestone.COMPLETED):
        return None
    other = ("a question", "supposing", "it does not show", "not in the dashboard", "no purchase after all")
    if any(says(what, spoken.text) for what in other) or not spoken.participant.has(Milestone.BOUGHT):
        return None
    brief = len(spoken.text.split()) <= _SHORT
    else_ = spoken.understood.certain and spoken.understood.intent not in _OWN
    heard = says("on the way", spoken.text) or says_nothing_else(spoken.text)
    return Open(NAME) if brief and not else_ and heard else None


@conversation(NAME, traits=Traits(expects=answers_how_far, follow_ups=_QUESTIONS))
async def still_learning(turn: Turn) -> Reply:
    """Cheer whoever is on the way, and say what follows; nothing is noted."""
    reply = say(
        _(
            "👍 Oke, pelan-pelan juga boleh, yang penting sampai selesai. Begitu selesai semua, kabari aku, lalu beri "
            "rating dan ulasan supaya insentif bisa cair."
        )
    )
    return with_next_step(reply, turn).button(_("🔓 Kelasnya tidak bisa dibuka"), "training_access")
