"""Whom a moved cutoff touches: counted a stretch of people at a time, so that no question takes long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.repositories.service_stats import STRETCH, latest_channel, waits
from bot.store.schema.people import participants
from bot.store.schema.traffic import reminder_rows

_p, _r = participants.c, reminder_rows.c


@dataclass(slots=True)
class Touched:
    """People of a wave who want reminders and whom nothing shows to have bought, by the channel they are reached on.

    `planned` have a reminder ahead, `told` were told another cutoff than the new one; `silent` have no open chat.
    """

    by_channel: Counter[str] = field(default_factory=Counter)
    planned: int = 0
    told: int = 0
    silent: int = 0

    @property
    def people(self) -> int:
        """How many, with an open chat or without."""
        return self.by_channel.total() + self.silent


async def count_touched(
    connection: AsyncConnection, wave: int, cutoff: datetime | None, after: int, into: Touched
) -> int | None:
    """Count the next stretch into `into`; return whom it ended with, None where nobody is left."""
    stretch = select(_p.id).where(_p.wave == wave, _p.id > after).order_by(_p.id).limit(STRETCH).subquery()
    last, size = (await connection.execute(select(func.max(stretch.c.id), func.count()).select_from(stretch))).one()
    other = _p.told_cutoff.is_not(None) & (_p.told_cutoff != cutoff)
    has_row = select(_r.participant).where(_r.participant == _p.id).correlate(participants).exists()
    each = (
        select(
            latest_channel().label("channel"),
            case((has_row, 1), else_=0).label("planned"),
            case((other, 1), else_=0).label("told"),
        )
        .where(*waits(wave), _p.id > after, _p.id <= (last or after))
        .subquery()
        .c
    )
    counted = select(each.channel, func.count(), func.sum(each.planned), func.sum(each.told)).group_by(each.channel)
    for channel, people, planned, told in await connection.execute(counted):
        into.planned += int(planned)
        into.told += int(told) if channel else 0
        if channel is None:
            into.silent += people
        else:
            into.by_channel[channel] += people
    return None if size < STRETCH else last
