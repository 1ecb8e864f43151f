"""*Kamu sendiri sudah beli?*, asked below the answer to something else that was said in the same message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.dialogue.in_talk import named_in_talk
from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.reported import lies_ahead
from handlers.dialogue.turn import Turn
from handlers.phrases.of_another import is_bought_by_another
from handlers.phrases.reporting import not_noted, question_of
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from handlers.understanding.step_answers import confirms, says_nothing_else
from locales import _
from programme.model.messages import Button, Open
from programme.model.milestones import Milestone

NOT_YET = "not_bought_yet"
"""The conversation that the button *Belum* opens; the question is known again by it."""


def ask_beside(spoken: Spoken) -> Reply | None:
    """Ask where a message that was answered otherwise also claims a purchase that nobody knows of."""
    if says("when one may buy", spoken.text) or says("a parcel", spoken.text) or says("not yet oneself", spoken.text):
        return None
    open_yet = any(says(what, spoken.text) for what in ("supposing", "waits to be paid", "only tried to buy"))
    if open_yet or _is_to_come(spoken):
        return None
    if spoken.participant.has(Milestone.BOUGHT) or not claims(Milestone.BOUGHT, spoken.text, today=spoken.today):
        return None
    if is_bought_by_another(spoken.text, named_in_talk(spoken.matter), spoken.today):
        return None
    return asked_beside(spoken.text, spoken.today)


def _is_to_come(spoken: Spoken) -> bool:
    return lies_ahead(spoken.understood, spoken.today)


def ask_again(spoken: Spoken) -> Reply | None:
    """Put the question once more where a bare *sudah* answers it: that may be about the other matter."""
    if not spoken.was_offered(NOT_YET) or not says_nothing_else(spoken.text):
        return None
    return asked_beside(spoken.text, spoken.today)


def asked_beside(text: str, today: date) -> Reply:
    """Return the question, whose button *Ya* keeps the platform and the day that a text names for the person."""
    named = told_of_own(text, today=today)
    if named.get("date", "") > today.isoformat():
        del named["date"]  # *hari Selasa* that is gone is read as the next one
    yes = button(_("✅ Ya, aku sudah beli"), "report_bought", **named)
    return say(question_of(Milestone.BOUGHT)).row(yes, button(_("Belum"), NOT_YET))


def answers_whether_bought(spoken: Spoken) -> Open | None:
    """Return what a text answers where this was asked last; a bare *sudah* may be about the other matter."""
    unseen = says("it does not show", spoken.text) or says("not in the dashboard", spoken.text)
    if unseen or not spoken.was_offered(NOT_YET):
        return None
    keys = [key.action for key in spoken.offered if isinstance(key, Button) and isinstance(key.action, Open)]
    match confirms(Milestone.BOUGHT, spoken.text, today=spoken.today, bare=False):
        case "yes":
            yes = next(action for action in keys if action.conversation == "report_bought")
            return replace(yes, answers={**yes.answers, **_told_with_it(spoken)})
        case "no":
            return Open(NOT_YET)
        case _:
            return None


def _told_with_it(spoken: Spoken) -> dict[str, str]:
    """Return where and when, where the answer tells it, so that neither is asked for."""
    told = told_of_own(spoken.text, today=spoken.today)
    return {name: value for name, value in told.items() if name != "date" or value <= spoken.today.isoformat()}


@conversation(NOT_YET, traits=Traits(asks=ask_beside, listens={Stage.TOLD: ask_again}, expects=answers_whether_bought))
async def not_bought_yet(turn: Turn) -> Reply:
    """Say that nothing was noted, and that the reminders go on."""
    return not_noted(turn, Milestone.BOUGHT)
