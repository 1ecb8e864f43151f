"""*Yakin?*, *kata siapa?* after an answer: the source that says so, and where it is certain."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers.dialogue.follow_up import OF
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import which_rules
from locales import _
from programme.facts import Certainty

_FACT_OF: Final = MappingProxyType(
    {
        "balance": "balance",
        "when_paid": "payout_days_at_least",
        "incentive_rules": "incentive",
        "incentive_asked": "incentive_times",
        "survey": "survey",
        "certificate": "certificate_after",
        "second_training": "trainings_in_sequence",
        "rating_review": "review_required",
        "change_training": "exchange_allowed",
    }
)
"""The fact on which an answer rests, by the conversation that gave it."""


@conversation(
    "sure_of_it",
    traits=Traits(beside=True, slots=frozenset({"wave"}), after_any=frozenset({"really", "who says so"})),
)
async def sure_of_it(turn: Turn) -> Reply:
    """Name the source of what was said last; nothing is surer than it is."""
    of = turn.told(OF) or ""
    rules = await which_rules(turn)
    field = _FACT_OF.get(of) or _FACT_OF.get(family_of(of)) or ""
    fact = rules.scheme.facts.get(field)
    if fact is None or fact.certainty is Certainty.UNSURE:
        words = _("🤔 Itu yang kutahu sejauh ini; kalau dashboard-mu bilang lain, ikuti dashboard.")
        return ask_prakerja(say(words), turn)
    reply = with_source(say(_("📌 Ya, begitu yang tertulis di sumberku.")), fact, turn.now)
    return ask_prakerja(reply.also(_("Kalau dashboard-mu bilang lain, ikuti dashboard.")), turn)
