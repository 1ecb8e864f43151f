"""The sweep: whoever's row fell due is owed one reminder, and the row moves on."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from programme.model.deliveries import Delivery, Due
from programme.model.messages import Kind
from programme.model.participants import Participant
from programme.model.ports import ReminderRows
from programme.programme import Programme
from reminders.owed import latest_owed, next_after, send_at
from reminders.policy import Policy
from reminders.timetable import timetable

log = logging.getLogger(__name__)


async def sweep(rows: ReminderRows, programme: Programme, policy: Policy, *, limit: int = 25) -> int:
    """Put into the outbox what is owed to the people whose row fell due; return how many rows were handled.

    Fewer than `limit` means that nobody is left; it is small, so that a reply never waits long for a sweep.
    Of all that a person missed only the latest still useful reminder is sent. Reminders are owed before any
    row moves, and a source is owed once: a crash in between, or two sweeps at once, sends nothing twice. A person
    who can't be planned is put off and holds up nobody.
    """
    now, people = rows.now, await rows.due(limit)
    deliveries: list[Delivery] = []
    moved: dict[int, datetime | None] = {}
    for person, row in people:
        try:
            dues = timetable(person, programme, policy)
            delivery, upcoming = _delivery(person, dues, row, policy, now), next_after(dues, now)
        except Exception as error:
            log.exception("the reminders of participant %s can't be planned", person.id)
            await rows.put_off(person.id, error)
            continue
        deliveries += [delivery] if delivery else []
        moved[person.id] = upcoming.at if upcoming else None
    await rows.owe(deliveries)
    await rows.move_rows(moved)
    return len(people)


async def move_on(rows: ReminderRows, programme: Programme, policy: Policy, *, limit: int = 500) -> int:
    """Move the rows that fell due to their next reminder, owing nothing; return how many that were."""
    now, people = rows.now, await rows.due(limit)
    moved: dict[int, datetime | None] = {}
    for person, _row in people:
        try:
            upcoming = next_after(timetable(person, programme, policy), now)
        except Exception as error:
            log.exception("the reminders of participant %s can't be moved on", person.id)
            await rows.put_off(person.id, error)
            continue
        moved[person.id] = upcoming.at if upcoming else None
    await rows.move_rows(moved)
    return len(people)


def _delivery(
    person: Participant, dues: Sequence[Due], row: datetime, policy: Policy, now: datetime
) -> Delivery | None:
    due = latest_owed(dues, row, now)
    at = due and send_at(due, next_after(dues, now), person, policy, now)
    return owed(person, due, at) if due and at else None


def owed(person: Participant, due: Due, at: datetime) -> Delivery:
    """Return the delivery of a reminder that goes out at `at`; its words are found at that moment."""
    return Delivery(
        participant=person.id,
        source=due.source,
        kind=Kind.REMINDER,
        due_at=at,
        not_after=due.not_after,
        unless=due.unless,
    )
