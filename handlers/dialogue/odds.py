"""Odds: what a reading of a text by itself allows to answer, and what it only allows to ask or to turn away."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.register import family_of, traits_of
from handlers.dialogue.reported import REPORTS
from handlers.understanding import Understanding
from handlers.understanding.phrases import says, without

LIKELY: Final = 0.6
"""The confidence from which the likeliest matter is answered, though not with certainty."""
SURE_OF_FAMILY: Final = 0.9
"""The confidence that two matters of one trouble must have together for the likelier to be answered as certain."""
_NO_OTHER: Final = 0.97
"""The share of what is not foreign from which a guess has no other beside it."""
SURE_OF_GUESS: Final = 0.8
"""The confidence from which a question that stands beside an answer is answered by a guess."""
_SURE_OF_SMALL_TALK: Final = 0.85
_HALF: Final = 0.5
_LONG: Final = 12
"""Words of a message that may ask two things, each at some length."""
_FEW_WORDS: Final = 4
_HARDLY: Final = 0.05
_SHARED: Final = 0.75
"""The odds that several matters of one message must have together for all of them to be answered."""
_WORTH_A_WARNING: Final = 0.1
_SURELY_A_FRAUD: Final = 0.97
_TOLD_WITHOUT_A_WORD: Final = 0.6
"""The confidence from which a story is one of a fraud though no word of it says so."""
_OF_LIFE: Final = ("a pastime", "a place to go", "a lawsuit", "a gadget")
_OF_ELSEWHERE: Final = 0.8
"""The confidence from which a text without a word of the programme is foreign, whatever might be learnt is in it."""
_SPOKEN: Final = MappingProxyType(
    {
        "assessment": ("of an assessment",),
        "about_sobat": ("what are you", "bot or person"),
        "privacy": ("of one's data", "delete my data", "show my data"),
        "share": ("of sharing",),
        "platform_contact": ("a contact", "whom to ask"),
        "survey": ("of a survey",),
        "incentive_history": ("about the incentive", "of a payout", "the money, when", "a status of the dashboard"),
    }
)
"""What must be said, and in which words, to be meant beside another matter."""
_OF_BUYING: Final = frozenset(("purchase_problem", "how_to_buy"))
_OF_PRAKERJA: Final = frozenset(("account_access", "balance", "induction", "incentive_problem", "revoked"))
"""Troubles that no platform can help with."""


def names_ours(understood: Understanding) -> bool:
    """Tell whether a text names something of the programme."""
    kinds = {"wave", "platform", "partner", "topic", "profession"}
    return any(entity.kind in kinds for entity in understood.entities)


def is_foreign_by_guess(understood: Understanding) -> bool:
    """Tell whether a text is more likely foreign than anything else, and has no word that is hardly ever foreign.

    What might be learnt, or what other offices have, too, is in many: *ngurus sertifikat lemah nong BPN piro*.
    """
    named = any(entity.kind in {"wave", "platform", "partner"} for entity in understood.entities)
    foreign = understood.intent == NO_ANSWER and understood.confidence >= _HALF
    return foreign and not named and not says("hardly of elsewhere", understood.text)


def is_sure(understood: Understanding) -> bool:
    """Tell whether the best guess may be answered unasked: it is certain, or only in doubt against its own kind."""
    first, second = understood.guesses[:2]
    kin = family_of(first.intent) == family_of(second.intent) and first.confidence + second.confidence >= SURE_OF_FAMILY
    return (
        understood.certain
        or is_small_talk(understood)
        or ((kin or _is_only_foreign_else(understood)) and says("of the programme", understood.text))
    )


def _is_only_foreign_else(understood: Understanding) -> bool:
    """Whether a guess is in doubt only against what is foreign, or reports what failed: *pengingatnya jam 23.00*."""
    first, off = understood.guesses[0], _odds_of(NO_ANSWER, understood)
    if says("the payment failed", understood.text):
        off += sum(_odds_of(report, understood) for report in REPORTS)
    return first.intent not in {NO_ANSWER, *REPORTS} and first.confidence >= _NO_OTHER * (1 - off) and off < _HALF


def but_no_fraud(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out a fraud that no word speaks of: *otp ya bener* among what is in order is none."""
    spoken_of = _is_of_fraud(understood)
    return intents if spoken_of else tuple(intent for intent in intents if intent != "fraud")


def but_no_courtesies(intents: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out a greeting or a wish for help beside a matter, and the menu beside a greeting."""
    matters = tuple(intent for intent in intents if intent not in IDLE)
    return matters or intents[:1]


def but_no_purchase(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out a purchase that fails where *bayar ga* only asks what a call costs, or nothing was paid yet."""
    call = bool({"call_center", "platform_contact"} & set(intents)) and says("only what it costs", understood.text)
    fails = says("the payment failed", understood.text) or says("not settled", understood.text)
    failed = says("the payment failed", understood.text)
    if says("not paid yet", understood.text) and not failed and len(intents) > 1:
        return tuple(one for one in intents if one != "purchase_problem")
    return intents if not call or fails else tuple(one for one in intents if one not in _OF_BUYING)


def but_no_stand_in(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out a *joki* that no word speaks of: who asks for a mother, or helps a child to buy, is none."""
    spoken_of = any(says(what, understood.text) for what in ("in one's place", "asks leave to buy", "a question"))
    return intents if spoken_of else tuple(intent for intent in intents if intent != "stand_in")


def but_no_rumour(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out the wish to share where a message that tells of a moved cutoff wants to be: it is answered first."""
    rumour = says("the cutoff was moved", understood.text) and len(intents) > 1
    return tuple(one for one in intents if one != "share") if rumour else intents


def but_no_search(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out a search for trainings beside another matter where only a platform is named."""
    wanted = any(entity.kind in {"topic", "profession"} for entity in understood.entities)
    if wanted or len(intents) < 2 or understood.intent == "recommend" or says("of a search", understood.text):
        return intents
    return tuple(intent for intent in intents if intent != "recommend")


def but_whom_it_lies_with(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Let *saya hubungi siapa* beside what lies with Prakerja mean Prakerja, unless a platform is named."""
    first, *also = intents or ("",)
    if first not in _OF_PRAKERJA or "platform_contact" not in also or understood.entity("platform") is not None:
        return intents
    return (first, *("call_center" if one == "platform_contact" else one for one in also))


def but_nothing_unspoken(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out what a clause alone sounds like though no word of it is there: *ngaruh ga ke insentif* is no test."""
    first, *also = intents or ("",)
    kept = [one for one in also if one not in _SPOKEN or any(says(what, understood.text) for what in _SPOKEN[one])]
    return (first, *kept) if first else ()


def sifted(intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
    """Leave out all that a text only sounds like, in each of the ways above."""
    for sift in _SIFTS:
        intents = sift(intents, understood)
    return intents


_SIFTS: Final = (
    but_no_fraud,
    but_nothing_unspoken,
    but_no_purchase,
    but_no_stand_in,
    but_no_rumour,
    but_no_search,
    but_whom_it_lies_with,
)


def is_near_sure(understood: Understanding) -> bool:
    """Whether the best guess is likely, or one of two that share nearly all odds, the other being a tap away."""
    first, second = understood.guesses[:2]
    both = first.confidence + second.confidence >= SURE_OF_FAMILY and second.intent not in {*REPORTS, NO_ANSWER}
    return first.confidence >= LIKELY or (both and first.confidence >= _HALF)


def is_shared(understood: Understanding) -> bool:
    """Whether several matters of one message have the odds: its main one, and those that clauses are sure of."""
    best, traits = understood.guesses[0], traits_of(understood.intent)
    clauses = sum(guess.confidence for guess in understood.guesses if guess.intent in understood.also)
    likely = best.confidence >= _HALF and best.confidence + clauses >= _SHARED
    asks = says("a question", understood.text) and len(understood.text.split()) >= _LONG
    return bool(understood.also) and asks and likely and (traits.tells or traits.trouble)


def is_only_of_a_clause(intent: str, understood: Understanding) -> bool:
    """Whether a clause alone sounds like something that the whole message, likely about another matter, has not."""
    best = understood.guesses[0]
    odds = next((guess.confidence for guess in understood.guesses if guess.intent == intent), 0.0)
    other = best.intent not in {intent, NO_ANSWER, *REPORTS} and best.confidence >= LIKELY
    return other and odds < _HARDLY


def may_be_fraud(understood: Understanding) -> bool:
    """Whether words speak of a fraud and the classifier thinks of one at all: a warning too many harms nobody."""
    return odds_of_fraud(understood) >= _WORTH_A_WARNING and _is_of_fraud(understood)


def _is_of_fraud(understood: Understanding) -> bool:
    """Whether words speak of a fraud, those left out that deny one (*bukan cairkan uang*), or hardly any doubt is left.

    Most who are being tricked use no word for it: *suruh bayar materai dulu, asli kah*.
    """
    told = without("no cash wanted", without("nothing is asked for", understood.text))
    spoken_of = says("of a fraud", told) and says("what frauds are after", told)  # *mama minta hotspot* is of none
    return spoken_of or (told == understood.text and odds_of_fraud(understood) >= _TOLD_WITHOUT_A_WORD)


def is_surely_fraud(understood: Understanding) -> bool:
    """Tell whether a text is told as frauds are told, by whatever words."""
    return odds_of_fraud(understood) >= _SURELY_A_FRAUD


def odds_of_fraud(understood: Understanding) -> float:
    """Return how likely a text is to tell of a fraud."""
    return _odds_of("fraud", understood)


def _odds_of(intent: str, understood: Understanding) -> float:
    return next((guess.confidence for guess in understood.guesses if guess.intent == intent), 0.0)


def is_small_talk(understood: Understanding) -> bool:
    """Tell whether a text is surely nothing but a greeting or thanks."""
    return understood.intent in {"greeting", "thanks"} and understood.confidence >= _SURE_OF_SMALL_TALK


def only_scolds(understood: Understanding) -> bool:
    """Tell whether a few angry words name nothing that could be answered: *dasar sampah*."""
    few = len(understood.text.split()) <= _FEW_WORDS and says("angry", understood.text)
    return few and not names_ours(understood) and not says("of the programme", understood.text)


def though_ours(understood: Understanding) -> Understanding:
    """Return how a text is read once it is about the programme, where it names a platform and nothing of elsewhere.

    *Kalok macet bayar di Pintaria cari siapa* is like what people ask of a shop.
    """
    foreign = understood.intent == NO_ANSWER and understood.confidence < _NO_OTHER
    if not foreign or understood.entity("platform") is None or is_of_elsewhere(understood):
        return understood
    others = understood.guesses[1:]
    share = sum(guess.confidence for guess in others)
    guesses = tuple(guess._replace(confidence=guess.confidence / share) for guess in others)
    return replace(understood, guesses=guesses, certain=False)


def is_surely_of_elsewhere(understood: Understanding) -> bool:
    """Tell whether a text is foreign both by its words and by what it is like, whatever of ours it has, too."""
    foreign = understood.intent == NO_ANSWER and understood.confidence >= _OF_ELSEWHERE
    return foreign and is_of_elsewhere(understood)


def is_of_elsewhere(understood: Understanding) -> bool:
    """Tell whether a text is by its words about a parcel, a trade, another aid, a loan or somebody's homework."""
    text, ours = understood.text, understood.intent != NO_ANSWER
    if says("a loan", text):
        return not (ours and understood.confidence >= _OF_ELSEWHERE)
    if says("school work", text) and ours and understood.confidence >= LIKELY:
        return False
    elsewhere = any(
        says(what, text) for what in ("a parcel", "another aid", "another service", "school work", "text work")
    )
    elsewhere = elsewhere or (any(says(what, text) for what in _OF_LIFE) and not says("about buying", text))
    elsewhere = elsewhere or (says("a trade", text) and not says("of the programme", without("a trade", text)))
    return elsewhere and not says("this programme itself", text)
