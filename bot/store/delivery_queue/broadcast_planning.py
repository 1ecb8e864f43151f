"""Puts people's rows into the outbox for a broadcast: all at once, or a stretch at a time."""

from __future__ import annotations

from sqlalchemy import Integer, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue import audiences
from bot.store.delivery_queue.audiences import EVERYBODY
from bot.store.delivery_queue.states import State
from bot.store.repositories.broadcast_rows import WORDLESS, audience_from
from bot.store.schema.people import participants
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries
from programme.model.broadcasts import Audience, BroadcastState

_b, _p = broadcasts.c, participants.c
_d = broadcast_deliveries.c


async def plan(connection: AsyncConnection, number: int, most: int | None) -> int | None:
    """Plan the next `most` people of the waves, or all of them in one statement; see `Broadcasts.plan`."""
    row = (await connection.execute(select(*WORDLESS).where(_b.id == number))).one_or_none()
    if row is None or row.state is not BroadcastState.RUNNING or row.planned_all:
        return None
    audience = audience_from(row.audience)
    end = None if most is None else await audiences.stretch(connection, audience, row.planned_to, most)
    upto = end or EVERYBODY
    fence = (_b.id == number) & (_b.state == BroadcastState.RUNNING) & (_b.planned_to == row.planned_to)
    taken = await connection.execute(
        update(broadcasts).where(fence, ~_b.planned_all).values(planned_to=upto, planned_all=upto == EVERYBODY)
    )
    return await _insert(connection, number, audience, row.planned_to, upto) if taken.rowcount else None


async def _insert(connection: AsyncConnection, number: int, audience: Audience, after: int, upto: int) -> int:
    """Insert the narrowest of rows: what they have in common lies with the broadcast."""
    values = {
        _d.broadcast: literal(number, _d.broadcast.type),
        _d.participant: _p.id,
        _d.state: literal(State.PENDING.value),
        _d.attempt: literal(0, Integer),
        _d.failures: literal(0, Integer),
    }
    people = audiences.everybody_meant(audience, *values.values())
    planned = await connection.execute(
        insert(broadcast_deliveries)
        .from_select(list(values), people, include_defaults=False)
        .execution_options(preserve_rowcount=True),
        {"after": after, "upto": upto},
    )
    await connection.execute(update(broadcasts).where(_b.id == number).values(planned=_b.planned + planned.rowcount))
    return planned.rowcount
