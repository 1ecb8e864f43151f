"""Queue statistics: how much waits at this moment and since when; nothing about anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.backup.restored import restored_at
from bot.store.delivery_queue.broadcast_deliveries import BroadcastDeliveries
from bot.store.repositories.channel_accounts import AccountStanding, ChannelAccounts
from bot.store.repositories.dead_letters import DeadLetter, DeadLetters
from bot.store.repositories.inbox import ALIVE
from bot.store.repositories.ticket_entries import NEWS
from bot.store.schema.helpdesk import tickets
from bot.store.schema.traffic import broadcast_deliveries, deliveries, inbox, reminder_rows
from programme.model.messages import Kind

TELL_WITHIN = timedelta(minutes=2)
"""So long a channel that tells what became of a message may take to say that it left its server."""

_d = deliveries.c


@dataclass(frozen=True, slots=True)
class Queue:
    """So much waits, the oldest since `since` (UTC)."""

    waiting: int = 0
    since: datetime | None = None

    def __add__(self, other: Queue) -> Queue:
        """Count both together."""
        since = [moment for moment in (self.since, other.since) if moment is not None]
        return Queue(self.waiting + other.waiting, min(since, default=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStats:
    """Everything that waits: messages for an answer, deliveries for a worker, reminder rows for a sweep.

    `frozen` holds, by account, for how many seconds its channel still wants to hear nothing; `dead` what failed
    again and again; `unseen`, by group of the staff, the tickets of which something is not shown there yet;
    `whatsapp` how our account there stands, None where there is none; `restored_at` since when reminders are held
    back after a restore.
    """

    at: datetime
    inbox: Queue = Queue()
    due: Mapping[Kind, Queue] = field(default_factory=dict)
    unswept: Queue = Queue()
    frozen: Mapping[str, float] = field(default_factory=dict)
    dead: Sequence[DeadLetter] = ()
    unseen: Mapping[str, Queue] = field(default_factory=dict)
    whatsapp: AccountStanding | None = None
    restored_at: datetime | None = None


async def read_queue_stats(connection: AsyncConnection, now: datetime) -> QueueStats:
    """Read how things stand at `now`."""
    unhandled = inbox.c.handled_at.is_(None) & ALIVE
    due = {kind: await _queue(connection, _d.open_at, (_d.open_at <= now) & (_d.kind == kind)) for kind in Kind}
    again = broadcast_deliveries.c.open_at
    due[Kind.BROADCAST] += await _queue(connection, again, again <= now)
    due[Kind.BROADCAST] += Queue(*await BroadcastDeliveries(connection, now).ahead())
    return QueueStats(
        at=now,
        inbox=await _queue(connection, inbox.c.at, unhandled),
        due={kind: queue for kind, queue in due.items() if queue.waiting},
        unswept=await _queue(connection, reminder_rows.c.at, reminder_rows.c.at <= now),
        dead=tuple(await DeadLetters(connection, now).all()),
        unseen=await _unseen(connection),
        restored_at=await restored_at(connection),
        whatsapp=await ChannelAccounts(connection, now).standing("whatsapp", TELL_WITHIN),
    )


async def _unseen(connection: AsyncConnection) -> dict[str, Queue]:
    """Count what people said or opened that the staff do not see yet; cards that only look different can wait."""
    t = tickets.c
    since = func.min(case((t.topic.is_(None), t.queued_at), else_=t.view_at))
    waiting = (t.view_at.is_not(None), t.view_rank <= NEWS, t.room.is_not(None))
    rows = await connection.execute(select(t.room, func.count().label("many"), since).where(*waiting).group_by(t.room))
    return {room: Queue(many, first) for room, many, first in rows}


async def _queue(connection: AsyncConnection, moment: ColumnElement[datetime], which: ColumnElement[bool]) -> Queue:
    row = (await connection.execute(select(func.count(), func.min(moment)).where(which))).one()
    return Queue(row[0], row[1])
