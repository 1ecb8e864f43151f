"""*Kamu sendiri sudah beli?*, asked below the answer to something else that was said in the same message."""

from __future__ import annotations

from datetime import date

from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.reporting import not_noted, question_of
from handlers.understanding import Understanding
from handlers.understanding.reports import claims, confirms, told_of_own
from locales import _
from programme.model.messages import Button, Key, Open
from programme.model.milestones import Milestone
from programme.model.participants import Participant

NOT_YET = "not_bought_yet"
"""The conversation that the key *Belum* opens; it also tells this question by its keys."""


def is_worth_asking(understood: Understanding, person: Participant, today: date) -> bool:
    """Tell whether a message that was answered otherwise also claims a purchase that nobody knows of."""
    return not person.has(Milestone.BOUGHT) and claims(Milestone.BOUGHT, understood.text, today=today)


def asked_beside(text: str, today: date) -> Reply:
    """Return the question, whose key *Ya* keeps the platform and the day that a text names for the person."""
    named = told_of_own(text, today=today)
    if named.get("date", "") > today.isoformat():
        del named["date"]  # *hari Selasa* that is gone is read as the next one
    yes = button(_("✅ Ya, aku sudah beli"), "report_bought", **named)
    return say(question_of(Milestone.BOUGHT)).row(yes, button(_("Belum"), NOT_YET))


def was_asked_beside(offered: tuple[Key, ...]) -> bool:
    """Tell whether this was asked last, by its keys."""
    actions = [key.action for key in offered if isinstance(key, Button)]
    return any(isinstance(action, Open) and action.conversation == NOT_YET for action in actions)


def answers_whether_bought(text: str, offered: tuple[Key, ...], today: date) -> Open | None:
    """Return what a text answers where this was asked last; a bare *sudah* may be about the other matter."""
    if not was_asked_beside(offered):
        return None
    keys = [key.action for key in offered if isinstance(key, Button) and isinstance(key.action, Open)]
    match confirms(Milestone.BOUGHT, text, today=today, bare=False):
        case "yes":
            return next(action for action in keys if action.conversation == "report_bought")
        case "no":
            return Open(NOT_YET)
        case _:
            return None


@conversation(NOT_YET)
async def not_bought_yet(turn: Turn) -> Reply:
    """Say that nothing was noted, and that the reminders go on."""
    return not_noted(turn, Milestone.BOUGHT)
