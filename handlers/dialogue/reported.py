"""Reports among intents: which of them the words of a message bear out, and what the others give way to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from handlers.dialogue.register import traits_of
from handlers.understanding import Understanding
from handlers.understanding.days_asked import days_asked
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, claims, fails_the_test, names_training, said_of, tells_of_others
from handlers.understanding.sentences import in_clauses, only_questions
from handlers.understanding.statements import speaks_of_oneself
from handlers.understanding.telling import step_told
from programme.model.milestones import Milestone

ASKED_ONESELF = "oneself"
"""The question whether it was oneself who took a step; anything but its answer drops it."""

PASSED = "passed"

DONE_WHAT = "done_what"
"""The conversation that asks what a bare *sudah* is about."""

REPORTS: Mapping[str, Milestone] = MappingProxyType(
    {
        "report_bought": Milestone.BOUGHT,
        "report_completed": Milestone.COMPLETED,
        "report_reviewed": Milestone.REVIEWED,
    }
)

_OF_BUYING = frozenset({"recommend", "how_to_buy"})
"""What a report of the purchase only sounds like: it tells which training it was, and how it was paid."""

_LATER = ("report_completed", "report_reviewed")


def as_reported(intents: tuple[str, ...], understood: Understanding, today: date) -> tuple[str, ...]:
    """Return the intents to answer, once the words of each report were weighed.

    A wish opens what helps with it; a report whose step the words don't name gives way to anything else that was said.
    A plain report that was only guessed at counts; of a purchase a doubtful one, too, where nothing else is sure.
    """
    text = understood.text
    if any(traits_of(intent).alert for intent in intents) and not speaks_of_oneself(text):
        return tuple(intent for intent in intents if intent not in REPORTS)  # what a fraud writes is nobody's report
    if "report_bought" in intents and says("nothing but to buy", text):
        return ("how_to_buy",)
    if "report_bought" in intents and not says("a question", text):
        intents = tuple(intent for intent in intents if intent != "recommend")  # it only tells which
    if "report_bought" in {*intents, understood.intent} and lies_ahead(understood, today):
        return tuple(intent for intent in intents if intent != "report_bought") or ("reminder_settings",)
    if "report_bought" in intents and _is_others(text, today):
        return tuple(intent for intent in intents if intent != "report_bought") or ("deadline",)
    of_purchase = "report_bought" in {*intents, understood.intent}
    if of_purchase and step_told(Milestone.BOUGHT, text, today=today) is not Said.PLAINLY:
        later = [one for one in _LATER if step_told(REPORTS[one], text, today=today) is Said.PLAINLY]
        by_the_way = {"report_bought"} if later else set()  # *yang saya beli sudah selesai*
        intents = (*(intent for intent in intents if intent not in by_the_way), *later)
    judged = {intent: step_told(REPORTS[intent], text, today=today) for intent in intents if intent in REPORTS}
    unnamed = {intent for intent, said in judged.items() if said is Said.NOT_AT_ALL}
    kept = [
        _wished(intent, understood, today) if judged.get(intent) is Said.AS_A_WISH else intent
        for intent in intents
        if intent not in unnamed
    ]
    kept += [guess.intent for guess in understood.guesses[:2] if _is_plain(guess.intent, text, today, but=intents)]
    off = "reminder_settings" in kept  # who has bought need not turn the reminders off
    bought = step_told(Milestone.BOUGHT, text, today=today)
    alone = off or not (kept or unnamed or understood.certain)  # nothing else below whose answer it could be asked
    no_report = any(says(what, text) for what in ("when one may buy", "not yet oneself", "supposing"))
    of_others = says("a question", text) and tells_of_others(Milestone.BOUGHT, text, today=today)
    asks_when = bought is not Said.PLAINLY and (no_report or of_others)
    heard_of = not asks_when and (
        bought in {Said.PLAINLY, Said.DOUBTFULLY} or (alone and claims(Milestone.BOUGHT, text, today=today))
    )
    failed = bought is not Said.PLAINLY and "purchase_problem" in kept and says("the payment failed", text)
    if heard_of and (off or (not understood.certain and not failed and "report_bought" not in kept)):
        return ("report_bought",)
    if bought is Said.PLAINLY:
        kept = _beside_a_purchase(kept, understood)
    if unnamed and not kept:
        if "report_completed" in unnamed and fails_the_test(text):
            return ("assessment",)
        if said_of(PASSED, text, today=today) is Said.NOT_AT_ALL:
            return intents if _is_about_training(understood) else (DONE_WHAT,)
        best = understood.intent
        return ("deadline",) if best in REPORTS else (best,)
    return tuple(dict.fromkeys(kept))


def _beside_a_purchase(intents: list[str], understood: Understanding) -> list[str]:
    """Return the intents of a text that plainly tells of the purchase: the report, and what it asks beside it."""
    kept = list(intents)
    if not says("my status", understood.text):
        kept = [intent for intent in kept if intent != "status"]  # the report says what comes next
    if {"change_training", "purchase_problem"} <= set(kept):
        kept.remove("purchase_problem")  # nothing failed: it was only the wrong one
    if not {"report_bought", "purchase_problem"} & set(kept):
        kept.append("report_bought")
    only_told = "report_bought" in kept and not _asks_of_buying(understood)
    return [intent for intent in kept if intent not in _OF_BUYING] if only_told else kept


def _asks_of_buying(understood: Understanding) -> bool:
    """Whether a text asks or looks for something beside the report; *Mau Belajar Apa* is a name, and asks nothing."""
    text = understood.text
    for one in understood.entities:
        text = text.replace(one.text, " ") if one.kind == "platform" else text
    return any(says(what, text) for what in ("a question", "that one asks", "of a search", "a second training"))


def tells_a_step(text: str, today: date) -> bool:
    """Tell whether a text says plainly that the person took a step, whatever else is in it or was spoken of."""
    return any(step_told(step, text, today=today) is Said.PLAINLY for step in REPORTS.values())


def beside_a_correction(text: str, today: date, *, of: str) -> str:
    """Return the clauses that ask, and those that tell a step, of a text that corrects something `of` a conversation.

    A report that is corrected has heard its own step.
    """
    told = [part for part in in_clauses(text) if of not in REPORTS and tells_a_step(part, today)]
    return " ".join((*told, only_questions(text))).strip()


def _is_others(text: str, today: date) -> bool:
    """Whether somebody else bought, and the person says that they did not yet."""
    return says("not yet oneself", text) and step_told(Milestone.BOUGHT, text, today=today) is not Said.PLAINLY


def lies_ahead(understood: Understanding, today: date) -> bool:
    """Whether somebody wants to be reminded at a moment of what may seem done: *sudah, beta beli kamis siang*."""
    text = understood.text
    if not says("to be reminded", text) or says("no reminders", text) or says("leave me alone", text):
        return False
    if step_told(Milestone.BOUGHT, text, today=today) is Said.PLAINLY:
        return False
    days = days_asked(moment_meant(text, today=today), today)
    return bool(days) and all(day > today for day in days)


def _is_about_training(understood: Understanding) -> bool:
    """Whether a text that names no step names at least what is bought, or where."""
    kinds = {entity.kind for entity in understood.entities}
    return bool(kinds & {"platform", "partner", "topic"}) or names_training(understood.text)


def _is_plain(intent: str, text: str, today: date, *, but: tuple[str, ...]) -> bool:
    return intent in REPORTS and intent not in but and step_told(REPORTS[intent], text, today=today) is Said.PLAINLY


def _wished(intent: str, understood: Understanding, today: date) -> str:
    if intent == "report_reviewed":
        return "rating_review"
    if intent == "report_completed":
        return "status"
    if understood.entity("topic") is not None:
        return "recommend"
    day = understood.entity("date")
    return "plan" if day is not None and date.fromisoformat(day) > today else "how_to_buy"
