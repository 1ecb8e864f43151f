"""How much waits at this moment, and since when: counts by index, nothing about anybody."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.budgets import standing
from bot.store.tables import RANKS, deliveries, inbox, reminder_rows
from programme.messages import Kind


@dataclass(frozen=True, slots=True)
class Queue:
    """So much waits, the oldest since `since` (UTC)."""

    waiting: int = 0
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Everything that waits: messages for an answer, deliveries for a worker, reminder rows for a sweep.

    `frozen` holds, by account, for how many seconds its messenger still wants to hear nothing.
    """

    at: datetime
    inbox: Queue = Queue()
    due: Mapping[Kind, Queue] = field(default_factory=dict)
    unswept: Queue = Queue()
    frozen: Mapping[str, float] = field(default_factory=dict)


async def read_pulse(connection: AsyncConnection, now: datetime) -> Pulse:
    """Read how things stand at `now`."""
    unhandled = inbox.c.handled_at.is_(None)
    due = {
        kind: await _queue(
            connection, deliveries.c.open_at, (deliveries.c.rank == rank) & (deliveries.c.open_at <= now)
        )
        for kind, rank in RANKS.items()
    }
    return Pulse(
        at=now,
        inbox=await _queue(connection, inbox.c.at, unhandled),
        due={kind: queue for kind, queue in due.items() if queue.waiting},
        unswept=await _queue(connection, reminder_rows.c.at, reminder_rows.c.at <= now),
        frozen=await standing(connection, time.monotonic()),
    )


async def _queue(connection: AsyncConnection, moment: ColumnElement[datetime], which: ColumnElement[bool]) -> Queue:
    row = (await connection.execute(select(func.count(), func.min(moment)).where(which))).one()
    return Queue(row[0], row[1])
