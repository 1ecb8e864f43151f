"""*Kalau saya udah kemarin di Tokopedia*: set beside somebody else's purchase, which gave the verb."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.dialogue.in_talk import SOMEBODY, named_in_talk
from handlers.dialogue.listening import Spoken
from handlers.dialogue.own_questions import asks
from handlers.dialogue.turn import SAID
from handlers.phrases.plans_told import names_moment
from handlers.phrases.told_in_answer import reported_in_answer
from handlers.understanding import understand
from handlers.understanding.phrases import says, without
from handlers.understanding.statements import names_somebody
from programme.model.messages import Open
from programme.model.milestones import Milestone

_AS_FOR_ME: Final = "as for myself"
_REPORT: Final = "report_bought"
_OF_A_PURCHASE: Final = frozenset(("undo", "bought_by_another"))
"""Matters after which a day that is told is that of buying, not a cutoff."""
_LONGEST: Final = 10
"""Words of a text that leaves out the verb."""


def told_beside_another(spoken: Spoken) -> Open | None:
    """Return what opens for a text that sets oneself beside whoever bought or did not: a report, or a plan."""
    text, matter = spoken.text, spoken.matter
    brief = len(text.split()) <= _LONGEST and says(_AS_FOR_ME, text)
    if not brief or matter is None or spoken.incoming.forwarded or spoken.participant.has(Milestone.BOUGHT):
        return None
    rest = without(_AS_FOR_ME, text).strip(" ,.")
    if asks(text) or says("supposing", rest) or names_somebody(rest):
        return None
    of_purchase = matter.conversation in _OF_A_PURCHASE
    if (report := _reported(rest, spoken)) is not None:
        of_theirs = matter.conversation == "deadline" and SOMEBODY in named_in_talk(matter)
        return report if of_purchase or of_theirs else None
    ahead = names_moment(rest, spoken) and not says("in the past", rest)
    return Open("plan", {SAID: rest, "answered": "1"}) if of_purchase and ahead else None


def _reported(rest: str, spoken: Spoken) -> Open | None:
    """Return the report; one that tells no platform is asked about."""
    mine = replace(spoken, understood=understand(f"saya {rest}", today=spoken.today))
    report = reported_in_answer(mine) if says("in the past", rest) else None
    if report is None or report.conversation != _REPORT:
        return None
    return report if mine.understood.entity("platform") is not None else Open(_REPORT, {SAID: mine.text})
