"""What a process that died had in hand, freed at once where no other process can have it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.states import State
from bot.store.schema.tables import deliveries, tickets

_d = deliveries.c


async def free_all(connection: AsyncConnection, now: datetime) -> int:
    """End every lease at `now`, as its time would have; return how many deliveries were in hand."""
    held = _d.open_at.is_not(None), _d.state == State.LEASED.value
    freed = await connection.execute(update(deliveries).where(*held).values(open_at=now))
    shown = update(tickets).where(tickets.c.view_lease.is_not(None))
    await connection.execute(shown.values(view_lease=None))
    return freed.rowcount
