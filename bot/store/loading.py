"""Reads participants as the programme knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import participants, payments, progress
from programme.milestones import Milestone, Step
from programme.participants import Participant, ReminderWishes
from programme.payments import Payment

MANY = 500
"""How many ids go into one question; SQLite and PostgreSQL both take far more, but plan it slower."""


async def load(connection: AsyncConnection, people: Select[Any]) -> list[Participant]:
    """Return the participants whom `people`, a select from that table, finds, in its order."""
    rows = (await connection.execute(people)).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    steps = await _steps(connection, ids)
    paid = await _payments(connection, ids)
    return [_participant(row, steps.get(row.id, {}), paid.get(row.id, ())) for row in rows]


async def load_by_id(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Participant]:
    """Return the participants with these ids, those that exist."""
    wanted = sorted(set(ids))
    found: dict[int, Participant] = {}
    for start in range(0, len(wanted), MANY):
        chosen = select(participants).where(participants.c.id.in_(wanted[start : start + MANY]))
        found |= {person.id: person for person in await load(connection, chosen)}
    return found


def payment_from(row: Row[Any]) -> Payment:
    """Read a payment."""
    return Payment(
        row.number,
        row.amount,
        row.status,
        scheduled_on=row.scheduled_on,
        paid_on=row.paid_on,
        partner=row.partner,
        reason=row.reason,
    )


async def _steps(connection: AsyncConnection, ids: list[int]) -> dict[int, dict[Milestone, Step]]:
    found: dict[int, dict[Milestone, Step]] = defaultdict(dict)
    rows = await connection.execute(
        select(progress).where(progress.c.participant.in_(ids), progress.c.undone_at.is_(None)).order_by(progress.c.id)
    )
    for row in rows:
        found[row.participant][row.milestone] = Step(row.milestone, on=row.on, platform=row.platform, source=row.source)
    return found


async def _payments(connection: AsyncConnection, ids: list[int]) -> dict[int, tuple[Payment, ...]]:
    found: dict[int, tuple[Payment, ...]] = defaultdict(tuple)
    rows = await connection.execute(select(payments).where(payments.c.participant.in_(ids)).order_by(payments.c.number))
    for row in rows:
        found[row.participant] += (payment_from(row),)
    return found


def _participant(row: Row[Any], steps: Mapping[Milestone, Step], paid: tuple[Payment, ...]) -> Participant:
    return Participant(
        id=row.id,
        name=row.name,
        language=row.language,
        zone=row.zone,
        wave=row.wave,
        passed_on=row.passed_on,
        official=row.official,
        joined_at=row.joined_at,
        welcomed=row.welcomed,
        reminders=ReminderWishes(row.reminder_level, row.reminder_hour),
        plan_at=row.plan_at,
        told_cutoff=row.told_cutoff,
        obstacle=row.obstacle,
        progress=steps,
        payments=paid,
    )
