"""Writes down how a person changed: only what differs, and nothing that was noted is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema.codec import event_to
from bot.store.schema.tables import history, participants, payments, progress
from programme.model.events import Event
from programme.model.participants import Participant

_CHANGE = update(participants).where(participants.c.id == bindparam("person"))
_NOTE = insert(history)


async def keep(
    connection: AsyncConnection,
    before: Participant,
    after: Participant,
    events: Sequence[Event],
    now: datetime,
) -> None:
    """Keep the difference between `before` and `after`, and the events that made it."""
    old, new = _columns(before), _columns(after)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if changed:
        await connection.execute(_CHANGE, {"person": after.id, **changed})
    await _keep_progress(connection, before, after, now)
    await _keep_payments(connection, before, after)
    if events:
        named = [event_to(event) for event in events]
        rows = [{"participant": after.id, "at": now, "event": name, "fields": fields} for name, fields in named]
        await connection.execute(_NOTE, rows if len(rows) > 1 else rows[0])


def _columns(person: Participant) -> dict[str, Any]:
    return {
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
        "wave": person.wave,
        "passed_on": person.passed_on,
        "official": person.official,
        "joined_at": person.joined_at,
        "welcomed": person.welcomed,
        "reminder_level": person.reminders.level,
        "reminder_hour": person.reminders.at.hour if person.reminders.at else None,
        "reminder_minute": person.reminders.at.minute if person.reminders.at else None,
        "plan_at": person.plan_at,
        "told_cutoff": person.told_cutoff,
        "obstacle": person.obstacle,
    }


async def _keep_progress(connection: AsyncConnection, before: Participant, after: Participant, now: datetime) -> None:
    gone = [m for m, step in before.progress.items() if after.progress.get(m) != step]
    if gone:
        standing = (progress.c.participant == after.id) & progress.c.undone_at.is_(None)
        await connection.execute(update(progress).where(standing, progress.c.milestone.in_(gone)).values(undone_at=now))
    come = [step for m, step in after.progress.items() if before.progress.get(m) != step]
    if come:
        rows = [asdict(step) | {"participant": after.id, "noted_at": now} for step in come]
        await connection.execute(insert(progress), rows)


async def _keep_payments(connection: AsyncConnection, before: Participant, after: Participant) -> None:
    if after.payments == before.payments:
        return
    await connection.execute(delete(payments).where(payments.c.participant == after.id))
    if after.payments:
        rows = [asdict(payment) | {"participant": after.id} for payment in after.payments]
        await connection.execute(insert(payments), rows)
