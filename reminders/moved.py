"""Planning anew after the data changed: a wave whose cutoff moved, or everybody; who knows an old date is told."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from programme.model.deliveries import Delivery, Due
from programme.model.milestones import Milestone
from programme.model.participants import Participant, ReminderLevel
from programme.model.ports import ReminderRows
from programme.programme import Programme
from reminders.policy import Policy
from reminders.schedule import reschedule
from reminders.sources import moved_source
from reminders.sweep import owed
from reminders.timetable import certain_cutoff

log = logging.getLogger(__name__)

PORTION: Final = 50
"""People who are planned anew in one transaction: on SQLite nobody is answered meanwhile."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """How many people are owed the news, and whom a portion ended with; None where nobody is left."""

    told: int
    last: int | None


async def replan(
    rows: ReminderRows, wave: int | None, programme: Programme, policy: Policy, *, after: int = 0
) -> Replanned:
    """Plan the reminders of a portion of a wave anew, None for all waves: of the people after this id.

    To be called when the programme's data or the policy changed; calling it again, or without a change, sends nothing
    more. What was withdrawn for a cutoff that has come back is owed again.
    """
    waiting, people = list[Delivery](), 0
    last: int | None = None
    async for person in rows.everybody(wave, after):
        people, last = people + 1, person.id
        try:
            await reschedule(rows, person, programme, policy, taken_back=True)
            due = news_for(person, programme, policy, rows.now)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # of this person alone
            log.exception("the reminders of participant %s can't be planned anew", person.id)
            await rows.put_off(person.id, error)
            due = None
        waiting += [owed(person, due, due.at)] if due else []
        if people == PORTION:
            break
    await rows.owe(waiting)
    return Replanned(len(waiting), last if people == PORTION else None)


def news_for(person: Participant, programme: Programme, policy: Policy, now: datetime) -> Due | None:
    """Return the message of the moved cutoff, if the person was told another one and can still use the news.

    It waits for the end of quiet hours, unless the new cutoff comes first.
    """
    cutoff = certain_cutoff(person, programme)
    if cutoff is None or person.wave is None or person.told_cutoff in {None, cutoff.at} or now > cutoff.at:
        return None
    if person.reminders.level is ReminderLevel.NONE or policy.reached(person, Milestone.BOUGHT):
        return None
    morning = policy.quiet.over(now, person.local.tz).astimezone(UTC)
    return Due(
        source=moved_source(person.wave, cutoff.day),
        at=morning if morning <= cutoff.at else now,
        not_after=cutoff.at,
        unless=Milestone.BOUGHT,
    )
