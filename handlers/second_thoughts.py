"""*Ternyata belum jadi beli*: taking back a report in one's own words."""

from __future__ import annotations

from handlers.understanding import Understanding
from handlers.understanding.phrases import hears
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source
from programme.model.participants import Participant


def second_thoughts(understood: Understanding, participant: Participant) -> Open | None:
    """Return what undoes the purchase that the person reported, where the text says that it isn't so."""
    bought = participant.progress.get(Milestone.BOUGHT)
    if bought is None or bought.source is Source.OFFICIAL:
        return None
    taken_back = hears("no purchase after all", understood.text)
    return Open("undo", {"milestone": Milestone.BOUGHT.value}) if taken_back else None
