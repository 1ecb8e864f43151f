"""What somebody concludes of another date than the cutoff: *berarti bisa nanti November*, *ga usah buru-buru dong*."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.dialogue.listening import Recognised, Spoken
from handlers.phrases.plans_told import names_moment
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import read_moment
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, claims, said_of
from programme.model.messages import Open
from programme.model.milestones import Milestone

OTHER_DATE: Final = "other_date"
"""The reason of whoever takes another date for the cutoff."""


def puts_it_off(spoken: Spoken) -> Recognised | None:
    """Hear whoever says, and does not ask, that buying can wait."""
    done = said_of(Milestone.BOUGHT, spoken.text, today=spoken.today) in {Said.PLAINLY, Said.DOUBTFULLY}
    return None if done or says("a question", spoken.text) else _put_off(spoken)


def asks_to_wait(spoken: Spoken) -> Recognised | None:
    """Hear *brarti beli pertamanya nov juga gpp kan*, where nothing surer is heard."""
    claimed = claims(Milestone.BOUGHT, spoken.text, today=spoken.today)
    return None if claimed or not says("about buying", spoken.text) else _put_off(spoken)


def _put_off(spoken: Spoken) -> Recognised | None:
    bought = spoken.participant.has(Milestone.BOUGHT) or spoken.incoming.forwarded
    of_it = spoken.matter is not None or says("of the programme", spoken.text)
    waits = says("buying can wait", spoken.text) or (of_it and says("takes it easy", spoken.text))
    if bought or not waits or _is_in_time(spoken) or says("no money of one's own", spoken.text):
        return None
    return Recognised(Open("not_now", {"reason": OTHER_DATE}), "deadline", spoken.understood.confidence)


def _is_in_time(spoken: Spoken) -> bool:
    """Whether a moment is named that is still before the cutoff, which makes it a plan."""
    meant = moment_meant(spoken.text, today=spoken.today)
    cutoff, found = spoken.programme.cutoff_of(spoken.participant), read_moment(meant, spoken.local_time)
    late = isinstance(found, datetime) and cutoff is not None and found > cutoff.at
    return names_moment(meant, spoken) and not late
