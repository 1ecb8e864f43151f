"""*Ternyata belum jadi beli*: taking back a report in one's own words."""

from __future__ import annotations

import re

from handlers.understanding import Understanding
from programme.messages import Open
from programme.milestones import Milestone, Source
from programme.participants import Participant

_NOT_BOUGHT = re.compile(
    r"\b(belum|tidak)( (jadi|sempat|pernah))? ?(ke)?beli\b"
    r"|\bgagal\b.*\bbeli\b|\bbeli\w*\b.*\b(gagal|dibatalkan|batal)\b"
    r"|^(oh |eh |ternyata |salah )*\b(ternyata|salah)\b.*\b(gagal|belum|batal|tidak jadi)\b"
    r"|\bbatal(kan|in)?\b.*\blapor|\bundo\b"
    r"|\b(purchase|payment) (failed|didn't go)|\b(didn't|haven't|not) (buy|bought)\b",
    re.IGNORECASE,
)


def second_thoughts(understood: Understanding, participant: Participant) -> Open | None:
    """Return what undoes the purchase that the person reported, where the text says that it isn't so."""
    bought = participant.progress.get(Milestone.BOUGHT)
    if bought is None or bought.source is Source.OFFICIAL:
        return None
    said = f"{understood.text}\n{understood.normalised}"
    taken_back = any(_NOT_BOUGHT.search(words) for words in said.split("\n"))
    return Open("undo", {"milestone": Milestone.BOUGHT.value}) if taken_back else None
