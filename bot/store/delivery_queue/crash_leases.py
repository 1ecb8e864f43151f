"""What a process that died had in hand, freed at once where no other process can have it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.states import State
from bot.store.schema.helpdesk import tickets
from bot.store.schema.traffic import broadcast_deliveries, deliveries


async def free_all(connection: AsyncConnection, now: datetime) -> int:
    """End every lease at `now`, as its time would have; return how many deliveries were in hand."""
    freed = 0
    for table in (deliveries, broadcast_deliveries):
        held = table.c.open_at.is_not(None), table.c.state == State.LEASED.value
        freed += (await connection.execute(update(table).where(*held).values(open_at=now))).rowcount
    shown = update(tickets).where(tickets.c.view_lease.is_not(None))
    await connection.execute(shown.values(view_lease=None))
    return freed
