"""What follows from a restore: nothing is sent twice, and nobody is reminded of the past before an operator says so.

Between the backup and the restore the service went on. What was due then was most likely done, by whom nobody
knows any more: it is marked so, and left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.states import State
from bot.store.engine.upserts import insert_or_change
from bot.store.schema.helpdesk import staff_notices, tickets
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, channel_facts, deliveries, inbox, reminder_rows
from programme.model.broadcasts import BroadcastState
from programme.model.messages import Kind

REASON: Final = "restored from a backup"
_SERVICE, _FACT = "service", "restored_at"
_f, _d = channel_facts.c, deliveries.c
_THIS = (_f.channel == _SERVICE, _f.name == _FACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was marked: messages and deliveries whose fate nobody knows, and broadcasts that wait for an operator."""

    messages: int
    deliveries: int
    broadcasts: int


async def mark(connection: AsyncConnection, now: datetime) -> Restored:
    """Mark what was under way or due, pause broadcasts, and hold reminders back until `resume`."""
    put = insert_or_change(connection.dialect.name, channel_facts)
    fact = {"channel": _SERVICE, "name": _FACT, "value": now.isoformat(), "at": now}
    await connection.execute(put, fact)
    unknown: dict[str, Any] = {"state": State.UNKNOWN.value, "open_at": None, "closed_at": now, "reason": REASON}
    due = (_d.open_at.is_not(None)) & ((_d.open_at <= now) | (_d.state == State.LEASED.value))
    again = broadcast_deliveries.c
    marked = await _changed(connection, update(deliveries).where(due).values(unknown))
    marked += await _changed(
        connection, update(broadcast_deliveries).where(again.state == State.LEASED.value).values(unknown)
    )
    gone = {"handled_at": now, "channel": None, "address": None, "content": None, "phone_hash": None}
    answered = await _changed(connection, update(inbox).where(inbox.c.handled_at.is_(None)).values(gone))
    notices = update(staff_notices).where(staff_notices.c.posted_at.is_(None)).values(posted_at=now)
    await connection.execute(notices)
    await connection.execute(update(tickets).values(view_lease=None).where(tickets.c.view_lease.is_not(None)))
    return Restored(messages=answered, deliveries=marked, broadcasts=await _pause(connection, now))


async def _pause(connection: AsyncConnection, now: datetime) -> int:
    b, rows = broadcasts.c, broadcast_deliveries.c
    going = b.state.in_([BroadcastState.SCHEDULED, BroadcastState.RUNNING])
    paused = update(broadcasts).where(going).values(state=BroadcastState.PAUSED, reason=REASON)
    await connection.execute(
        update(broadcast_deliveries).where(rows.open_at.is_not(None)).values(open_at=None, held_at=now)
    )
    return await _changed(connection, paused)


async def restored_at(connection: AsyncConnection) -> datetime | None:
    """Return when the database was restored, as long as reminders are held back for it; UTC."""
    found: datetime | None = (await connection.execute(select(_f.at).where(*_THIS))).scalar()
    return found


@dataclass(frozen=True, slots=True)
class Past:
    """How many people would be reminded now of what fell due since the backup."""

    rows: int
    deliveries: int

    def __str__(self) -> str:
        """Say it in one clause."""
        return (
            f"{self.rows:,} people have reminders that fell due since the backup, {self.deliveries:,} were on their way"
        )


async def past(connection: AsyncConnection, now: datetime) -> Past:
    """Count whom it concerns."""
    rows = select(func.count()).select_from(reminder_rows).where(reminder_rows.c.at <= now)
    held = select(func.count()).select_from(deliveries).where(*_wanted(now))
    return Past((await connection.execute(rows)).scalar_one(), (await connection.execute(held)).scalar_one())


async def send_past(connection: AsyncConnection, now: datetime) -> int:
    """Have the reminders sent that were due at the restore; some people get theirs twice."""
    again = {"state": State.PENDING.value, "open_at": now, "closed_at": None, "reason": None}
    return await _changed(connection, update(deliveries).where(*_wanted(now)).values(again))


async def resume(connection: AsyncConnection) -> None:
    """Let reminders go out again."""
    await connection.execute(delete(channel_facts).where(*_THIS))


def _wanted(now: datetime) -> tuple[Any, ...]:
    mine = _d.kind == Kind.REMINDER, _d.state == State.UNKNOWN.value, _d.reason == REASON
    return *mine, _d.not_after > now


async def _changed(connection: AsyncConnection, statement: Any) -> int:
    return int((await connection.execute(statement)).rowcount)
