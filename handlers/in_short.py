"""*Wajib ga?*, *siapa yang urus?*, *kalau gagal gimana?*: the short answer to one aspect of what was spoken of."""

from __future__ import annotations

import re
from string import Formatter
from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.listening import WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.odds import may_be_fraud
from handlers.dialogue.register import Traits, conversation, conversations
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.fraud_thread import HAPPENED
from handlers.phrases.aspects import IN_SHORT, words_for
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_rules import Rules, which_rules
from handlers.phrases.year_end import with_near_year_end
from handlers.understanding.phrases import says
from handlers.understanding.reports import names_training
from locales import Rupiah, _
from programme.calendars import YearEnd
from programme.model.messages import Open
from programme.model.milestones import Milestone

_CUT: Final = re.compile(r"[.,;:!?\n]+")
_CHOOSING: Final = frozenset(("recommend", "training_detail", "how_to_buy", "what_no_source_tells", IN_SHORT))
"""Matters in which *gratis?* is asked of a training."""
_OF_A_CODE: Final = frozenset((None, "otp", "blocked"))
"""Troubles of an account in which the limit of asking for codes holds."""
_OF_THE_PRICE: Final = ("a training for free", "with what one pays")


def asks_in_short(spoken: Spoken) -> Recognised | None:
    """Hear the short questions that say by themselves what they are about, or do so while choosing."""
    return asks_how_it_is_paid(spoken) or asks_whether_it_must_be(spoken)


def asks_how_it_is_paid(spoken: Spoken) -> Recognised | None:
    """Hear *yg gratis ada?*, *bayarnya pake apa* of a training: nothing is free, and nothing costs one's own money."""
    choosing = spoken.matter is not None and spoken.matter.conversation in _CHOOSING
    asked = next((what for what in _OF_THE_PRICE if says(what, spoken.text)), None)
    if asked is None or not (choosing or names_training(spoken.text)) or may_be_fraud(spoken.understood):
        return None
    return Recognised(Open(IN_SHORT, {OF: "how_to_buy", ASKED: asked}), "how_to_buy", spoken.understood.confidence)


def asks_whether_it_must_be(spoken: Spoken) -> Recognised | None:
    """Hear *belum pernah nonton video induksi, wajib kah?*: of the thing that is named, not of what was spoken of."""
    understood, asked = spoken.understood, "must it be"
    if not understood.certain or words_for(understood.intent, asked) is None:
        return None
    if not any(says(asked, part.strip()) for part in _CUT.split(spoken.text)):
        return None
    opened = Open(IN_SHORT, {OF: understood.intent, ASKED: asked})
    return Recognised(opened, understood.intent, understood.confidence)


@conversation(IN_SHORT, traits=Traits(tells=True, beside=True, listens={Stage.FIRST: asks_in_short}))
async def in_short(turn: Turn) -> Reply | Open:
    """Answer the one aspect in a sentence; the whole is a tap away."""
    about, asked = turn.told(OF) or "", turn.told(ASKED) or ""
    turn.settle(OF, about)
    words, rules = words_for(about, asked), await which_rules(turn)
    facts = _facts(rules, turn)
    named = [name for _text, name, _spec, _how in Formatter().parse(words or "") if name]
    if words is None or not _holds(about, rules, turn) or any(facts[name] is None for name in named):
        return _in_full(about, turn)
    reply = say(_(words), **{name: facts[name] for name in named})
    if about in {"how_to_buy", "deadline"} and "when" not in named:
        reply = with_cutoff(reply, turn)
    if about == "payment_account":
        reply = with_near_year_end(reply, YearEnd.LINKING, turn)
        reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    if about == "fraud":
        reply = reply.button(_("😟 Aku telanjur memberi data"), "fraud", happened="1")
    reply = reply.button(_("📖 Selengkapnya"), about)
    return with_next_step(reply, turn)


def _in_full(about: str, turn: Turn) -> Open:
    """Go on to the whole answer, with all that was told of the matter."""
    told = {name: value for name, value in turn.answers.items() if name not in {OF, ASKED}}
    return Open(about, told) if about in conversations() else Open("help")


def _holds(about: str, rules: Rules, turn: Turn) -> bool:
    """Whether the sentence is true of the person's own scheme and day; else the whole answer says more."""
    match about:
        case "how_to_buy":
            return not turn.too_late
        case "deadline":
            return turn.told(WHOSE) is None and turn.told("wave") in {None, str(turn.participant.wave)}
        case "rating_review" | "incentive_rules":
            return rules.scheme.review_required is True
        case "second_training":
            return rules.scheme.incentive_for_first_training_only is True
        case "survey":
            return rules.scheme.surveys_affect_payment is False
        case "fraud":
            return HAPPENED not in turn.answers
        case "incentive_problem":
            return turn.told("why") is None and not turn.participant.payments
        case "revoked":
            return rules.scheme.rejoin_after_revoked is False and not turn.too_late
        case "change_training":
            return rules.scheme.exchange_allowed is False
        case _:
            return True


def _facts(rules: Rules, turn: Turn) -> dict[str, object]:
    """Return what the sentences may name; None for what no source tells or does not hold any more."""
    scheme, login, contacts = rules.scheme, turn.programme.limits["login"], turn.programme.contacts
    cutoff = turn.relatives_cutoff or turn.cutoff
    shop = turn.programme.platform(turn.told("platform") or "")
    ahead = cutoff is not None and turn.now <= cutoff.at and not turn.is_behind(Milestone.BOUGHT)
    return {
        "when": on_both_clocks(cutoff, turn.place) if cutoff is not None and ahead else None,
        "left": what_is_left(cutoff, turn.now) if cutoff is not None and ahead else None,
        "days": scheme.days_to_buy,
        "balance": Rupiah(scheme.balance),
        "survey": Rupiah(scheme.survey),
        "surveys": scheme.survey_times,
        "after": scheme.survey_one_after_days,
        "open": scheme.survey_open_days,
        "paid": scheme.survey_paid_within_days,
        "incentive": Rupiah(scheme.incentive),
        "times": scheme.incentive_times if scheme.incentive_times > 1 else None,
        "in_all": Rupiah(scheme.incentive * scheme.incentive_times),
        "hours": scheme.schedule_wait_hours,
        "least": scheme.payout_days_at_least,
        "most": scheme.payout_days_at_most,
        "total": Rupiah(scheme.total),
        "cash": Rupiah(scheme.total - scheme.balance),
        "tries": login.tries if turn.told("trouble") in _OF_A_CODE else None,
        "wait": login.wait_hours,
        "shop": shop.name if shop is not None else _("platform resmi"),
        "partners": [one.name for one in turn.programme.partners.values()],
        "phone": contacts["phone"].value,
        "site": contacts["dashboard"].value,
    }
