"""Answers that wait for the person to write: whether they were asked to, and what goes out once they do."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import literal_column, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.claiming import claim_these
from bot.store.delivery_queue.states import State
from bot.store.schema.helpdesk import ticket_entries, tickets
from bot.store.schema.traffic import deliveries
from programme.model.deliveries import ASKED, Claimed

_d, _t, _e = deliveries.c, tickets.c, ticket_entries.c
_HELD = _d.state == literal_column(f"'{State.HELD.value}'")  # as a literal, so that the partial index serves it


async def release(
    connection: AsyncConnection, participant: int, channel: str, now: datetime, *, lease: timedelta
) -> list[Claimed]:
    """Lease what waited, oldest first; what is for another channel alone still waits."""
    waiting = (
        select(_d.id)
        .where(_d.participant == participant, _HELD)
        .where(or_(_d.message.is_not(None), _d.shared_message.is_not(None)))  # else its words were dropped meanwhile
        .where(or_(_d.address.is_(None), _d.channel == channel))
        .order_by(_d.id)
    )
    ids = (await connection.execute(waiting)).scalars().all()
    if not ids:
        return []
    opened = {"state": State.PENDING.value, "open_at": now, "closed_at": None}
    await connection.execute(update(deliveries).where(_d.id.in_(ids)).values(opened))
    await wonder(connection, ids)
    return await claim_these(connection, ids, now, lease=lease)


async def is_asked(connection: AsyncConnection, participant: int, since: datetime) -> bool:
    """Tell whether something waits for which the person was asked to write after `since`."""
    asked = select(_d.id).where(_d.participant == participant, _HELD, _d.closed_at > since)
    return (await connection.execute(asked.where(_d.reason.startswith(f"{ASKED}:")).limit(1))).first() is not None


async def wonder(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Have the staff told anew what became of these deliveries, where their words are what they carry."""
    carrying = (
        select(_e.id)
        .join(tickets, _t.id == _e.ticket)
        .join(deliveries, (_d.participant == _t.participant) & (_d.source == _e.source))
        .where(_d.id.in_(ids))
    )
    await connection.execute(update(ticket_entries).where(_e.id.in_(carrying)).values(fate=None))
