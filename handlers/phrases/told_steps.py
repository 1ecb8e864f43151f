"""*Udah nyambung di dashboard, tinggal nunggu kan?*: a later step that is told beside a question, in its own clause.

No reminder of the cutoff hangs on these steps; all the same nothing is noted of a clause that asks, denies, supposes or
is about somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import family_of
from handlers.understanding.furthest import plain_clauses
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody, quoted
from programme.model.events import Event, MilestoneReached
from programme.model.milestones import Milestone

_TOLD: Final[Mapping[Milestone, str]] = MappingProxyType(
    {
        Milestone.CERTIFIED: "the certificate is out",
        Milestone.ACCOUNT_CONNECTED: "it is linked",
        Milestone.INCENTIVE_PAID: "the first was paid",
    }
)
"""The steps, and the phrases that tell them."""
_NOT_IT: Final[Mapping[Milestone, tuple[str, ...]]] = MappingProxyType(
    {
        Milestone.CERTIFIED: ("another certificate",),
        Milestone.ACCOUNT_CONNECTED: ("linked to another",),
        Milestone.INCENTIVE_PAID: (),
    }
)
"""Phrases that make it another thing."""
_BUT: Final = re.compile(r"(?= (?:tapi|tp|namun) (?:insentif|duit|duwit|uang|rating|ulasan|bintang))", re.IGNORECASE)
"""What ends a clause that tells of a certificate, where it goes on about what follows."""


def tells(step: Milestone, spoken: Spoken) -> bool:
    """Tell whether a clause says plainly that the person came as far as this step."""
    if quoted(spoken.text) or names_somebody(spoken.text) or not _is_of_money(step, spoken):
        return False
    if says("a relative of mine", spoken.text) or any(says(what, spoken.text) for what in _NOT_IT[step]):
        return False
    text = _BUT.sub(",", spoken.text) if step is Milestone.CERTIFIED else spoken.text
    return any(says(_TOLD[step], clause) for clause in plain_clauses(text))


def told_in_a_clause(spoken: Spoken) -> list[Event]:
    """Return the steps that are told and were not known yet.

    Those that end the reminders of the purchase are noted once that is known.
    """
    has = spoken.participant.has
    free = {Milestone.ACCOUNT_CONNECTED} if not has(Milestone.BOUGHT) else set(_TOLD)
    return [MilestoneReached(step) for step in _TOLD if step in free and not has(step) and tells(step, spoken)]


def _is_of_money(step: Milestone, spoken: Spoken) -> bool:
    """Whether what is linked or paid is the incentive's: by its name, or by what was spoken of."""
    if step is Milestone.CERTIFIED:
        return spoken.understood.entity("platform") is None
    if says("another aid", spoken.text) or says("an account elsewhere", spoken.text):
        return False
    of_it = spoken.matter is not None and family_of(spoken.matter.conversation) in {"incentive_problem", "survey"}
    named = "about the incentive" if step is Milestone.INCENTIVE_PAID else "an e-wallet"
    return of_it or says(named, spoken.text)
