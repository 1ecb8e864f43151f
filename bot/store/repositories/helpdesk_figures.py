"""What happened to tickets, as far as figures need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema.tables import tickets

_t = tickets.c


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTimes:
    """The moments of one ticket, UTC, and how it was judged."""

    about: str
    opened_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    cutoff: datetime | None
    stars: int | None
    reopened: int


async def times(connection: AsyncConnection, since: datetime) -> Sequence[TicketTimes]:
    """Return tickets opened since then, and all that are still open."""
    columns = (_t.about, _t.opened_at, _t.answered_at, _t.closed_at, _t.cutoff, _t.stars, _t.reopened)
    chosen = select(*columns).where(or_(_t.opened_at >= since, _t.state != "closed")).order_by(_t.id)
    return [TicketTimes(**row._asdict()) for row in await connection.execute(chosen)]
