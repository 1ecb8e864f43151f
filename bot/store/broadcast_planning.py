"""Puts people's rows into the outbox for an announcement: all at once, or a stretch at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import audiences
from bot.store.broadcast_deliveries import BroadcastDeliveries
from bot.store.broadcast_rows import WORDLESS, audience_from, digests
from bot.store.tables import broadcasts, deliveries, shared_messages
from bot.store.upserts import insert_into
from programme.broadcasts import Audience, BroadcastState, source_of

_b = broadcasts.c
_EVERYBODY = 2**62
_known_keys: dict[str, dict[str, bytes]] = {}
"""The keys in `shared_messages` by the announcement's digest: the same words always have the same."""


async def plan(connection: AsyncConnection, number: int, now: datetime, most: int | None) -> int | None:
    """Plan the next `most` people of the waves, or all of them in one statement; see `Broadcasts.plan`."""
    row = (await connection.execute(select(*WORDLESS).where(_b.id == number))).one_or_none()
    if row is None or row.state is not BroadcastState.RUNNING or row.planned_all:
        return None
    audience = audience_from(row.audience)
    end = None if most is None else await audiences.stretch(connection, audience, row.planned_to, most)
    upto = end or _EVERYBODY
    fence = (_b.id == number) & (_b.state == BroadcastState.RUNNING) & (_b.planned_to == row.planned_to)
    taken = await connection.execute(
        update(broadcasts).where(fence, ~_b.planned_all).values(planned_to=upto, planned_all=upto == _EVERYBODY)
    )
    return await _insert(connection, row, audience, upto, now) if taken.rowcount else None


async def _insert(connection: AsyncConnection, row: Row[Any], audience: Audience, upto: int, now: datetime) -> int:
    rows = BroadcastDeliveries(connection)
    keys = _known_keys.get(row.digest) if row.first_row is not None else None
    if keys is None:
        keys = _known_keys[row.digest] = await _share_words(connection, row.id)
    before = await rows.last_row()
    people = audiences.rows_for(audience, source_of(row.id), keys, now)
    planned = await connection.execute(
        insert_into(connection, deliveries)
        .from_select(list(audiences.PLANNED), people, include_defaults=False)
        .on_conflict_do_nothing()
        .execution_options(preserve_rowcount=True),
        {"after": row.planned_to, "upto": upto, "not_after": row.not_after},
    )
    first = before if row.first_row is None else row.first_row
    await connection.execute(
        update(broadcasts)
        .where(_b.id == row.id)
        .values(
            planned=_b.planned + planned.rowcount,
            first_row=first,
            tallied_to=func.coalesce(func.nullif(_b.tallied_to, 0), first),
            last_row=await rows.last_row(),
        )
    )
    return planned.rowcount


async def _share_words(connection: AsyncConnection, number: int) -> dict[str, bytes]:
    """Put the words where deliveries share them; return their keys by language."""
    words = (await connection.execute(select(_b.words).where(_b.id == number))).scalar_one()
    keys = digests(words)
    await connection.execute(
        insert_into(connection, shared_messages).on_conflict_do_nothing(),
        [{"digest": keys[language], "content": content} for language, content in words.items()],
    )
    return keys
