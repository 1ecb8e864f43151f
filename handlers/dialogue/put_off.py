"""Whoever says that buying can wait hears the own cutoff before the answer, whatever else is in it and whoever said so.

A broadcast about the balance, a neighbour, the news and a chain letter all end in the same *berarti nanti saja*.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from handlers.dialogue.follow_up import alerted
from handlers.dialogue.register import Purpose
from handlers.dialogue.replay import Replay
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import own_words
from handlers.understanding.days_asked import days_asked
from handlers.understanding.phrases import says
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.events import PlanMade
from programme.model.messages import Sort
from programme.model.milestones import Milestone

_AT_THE_END: Final = "23.59"
"""How every answer that tells a cutoff writes it."""
_OF_BUYING: Final = frozenset(("plan", "not_now"))
_GOES_WRONG: Final = frozenset(("purchase_problem", "account_access", "how_to_buy"))
"""What is answered to whoever is kept from buying, so that a day beside it is that of another try."""
_LAST_DAY: Final = timedelta(days=1)
_OF_THE_TIME: Final = ("it ends then", "still in time", "is it too late", "until which day")
_OF_OTHER_MATTERS: Final = ("about the incentive", "about a certificate", "of a survey")


async def cutoff_first(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Put the cutoff that is still ahead above an answer that leaves it out, where buying was said to wait."""
    told = any(_AT_THE_END in message.text for message in outcome.messages)
    planned = any(isinstance(event, PlanMade) for event in outcome.events)
    cutoff = _ahead(given, outcome)
    if planned or cutoff is None or not outcome.messages:
        return outcome
    too_late = _day_of_another_try(given, outcome, cutoff)
    if too_late is None and (told or not _is_put_off(given, cutoff)):
        return outcome
    day = {} if too_late is None else {"date": too_late.isoformat()}
    replay = Replay(replace(given, participant=outcome.participant, dialogue=None))
    warned = await replay.open(Purpose.CUTOFF_AHEAD, day)
    above, below = warned.reply, outcome.reply
    if alerted(outcome.messages[-1].about):
        above, below = below, above  # a fraud is warned of first
    return replace(outcome, reply=above.then(below))


def _ahead(given: TurnInput, outcome: TurnOutcome) -> Cutoff | None:
    """Return the cutoff that the person must still keep."""
    person = outcome.participant
    found = given.programme.cutoff_of(person)
    done = any(step.position >= Milestone.BOUGHT.position for step in person.progress)
    if found is None or found.certainty is Certainty.UNSURE or done or given.now > found.at:
        return None
    return found


def _is_put_off(given: TurnInput, cutoff: Cutoff) -> bool:
    """Whether the words put buying off, name a day for it beyond the cutoff, or speak of a cutoff that was moved.

    On its last day whoever asks how long there is time hears it, too.
    """
    text, incoming = given.incoming.text, given.incoming
    if incoming.sort is not Sort.TEXT or text.startswith("/"):
        return False
    if says("the cutoff was moved", text):
        return True
    buys = says("about buying", text)
    if not own_words(incoming) or (not buys and any(says(what, text) for what in _OF_OTHER_MATTERS)):
        return False
    if cutoff.at - given.now < _LAST_DAY and _asks_of_the_time(text):
        return True
    if says("buying can wait", text) or ((buys or given.last is not None) and says("takes it easy", text)):
        return True
    return _is_of_buying(given, buys=buys) and _beyond(given, cutoff) is not None


def _asks_of_the_time(text: str) -> bool:
    """Whether it is asked, be it beside a trouble, if there is time left: *muter terus, sejam lagi habis kan?*."""
    asks = says("a question", text) or "?" in text
    return says("how much time is left", text) or (asks and any(says(what, text) for what in _OF_THE_TIME))


def _is_of_buying(given: TurnInput, *, buys: bool) -> bool:
    about = given.last.about if given.last is not None else None
    return buys or (about is not None and about.conversation in _OF_BUYING)


def _day_of_another_try(given: TurnInput, outcome: TurnOutcome, cutoff: Cutoff) -> date | None:
    """Return the day beyond the cutoff that a trouble is put off to: *gagal terus, sa lanjut sabtu saja bisa kah?*."""
    text, incoming = given.incoming.text, given.incoming
    typed = incoming.sort is Sort.TEXT and own_words(incoming)
    about = outcome.messages[-1].about
    answered = {outcome.intent, about.conversation if about is not None else None}
    if not typed or answered.isdisjoint(_GOES_WRONG) or not says("goes on later", text):
        return None
    return _beyond(given, cutoff)


def _beyond(given: TurnInput, cutoff: Cutoff) -> date | None:
    """Return the first day that is named and after the cutoff, on the person's own clock."""
    tz = given.participant.local.tz
    today, last = given.now.astimezone(tz).date(), cutoff.at.astimezone(tz).date()
    return next((day for day in days_asked(given.incoming.text, today) if day > last), None)
