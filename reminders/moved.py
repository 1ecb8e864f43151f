"""A cutoff that moved: everybody of the wave is planned anew, and whoever knows the old date is told."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

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

_BATCH = 500


async def replan(rows: ReminderRows, wave: int, programme: Programme, policy: Policy) -> int:
    """Plan the reminders of a whole wave anew; return how many people are owed the news.

    To be called when the programme's data changed; calling it again, or without a change, sends nothing more.
    """
    told, waiting = 0, list[Delivery]()
    async for person in rows.in_wave(wave):
        try:
            await reschedule(rows, person, programme, policy)
            due = news_for(person, programme, policy, rows.now)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # of this person alone
            log.exception("the reminders of participant %s can't be planned anew", person.id)
            await rows.put_off(person.id, error)
            continue
        if due:
            waiting.append(owed(person, due, due.at))
            told += 1
        if len(waiting) >= _BATCH:
            await rows.owe(waiting)
            waiting = []
    await rows.owe(waiting)
    return told


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
