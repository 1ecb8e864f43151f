"""Tells which of the deliveries that a worker holds are still wanted.

It asks what the claim asks, so that whatever is given back for its answer is closed or held there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Join, Row, Select, Table, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.broadcast_claiming import verdict_on
from bot.store.delivery_queue.claiming import verdict
from bot.store.delivery_queue.keys import has_key, key_in, key_types
from bot.store.delivery_queue.states import State
from bot.store.engine.bulk import bound, given
from bot.store.repositories.broadcast_rows import audience_from
from bot.store.schema.people import participants
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.broadcasts import Audience, BroadcastState
from programme.model.deliveries import BroadcastDeliveryId, DeliveryId

_d, _b, _p = broadcast_deliveries.c, broadcasts.c, participants.c
_STILL = (None, State.FAILED.value)
"""What does not speak against sending: that there were too many tries may be found only once the last one is over."""

_RUNNING = select(_b.id, _b.audience, _b.not_after).where(
    _b.id.in_(bindparam("these", expanding=True)), _b.state == BroadcastState.RUNNING
)


async def still_wanted(connection: AsyncConnection, ids: Sequence[DeliveryId], now: datetime) -> set[DeliveryId]:
    """Return those that a worker holds and that a claim would take."""
    own: list[int] = []
    broadcast: dict[int, list[BroadcastDeliveryId]] = defaultdict(list)
    for delivery in ids:
        if isinstance(delivery, int):
            own.append(delivery)
        else:
            broadcast[delivery.broadcast].append(delivery)
    wanted: set[DeliveryId] = set()
    if own:
        rows = await _wanted(connection, deliveries, _own(connection.dialect.name), own, now=now)
        wanted.update(row.id for row in rows)
    if broadcast:
        for found in (await connection.execute(_RUNNING, {"these": sorted(broadcast)})).all():
            which = _broadcast(connection.dialect.name, audience_from(found.audience))
            moments = {"now": now, "not_after": found.not_after}
            rows = await _wanted(connection, broadcast_deliveries, which, broadcast[found.id], **moments)
            wanted.update(BroadcastDeliveryId(row.broadcast, row.participant) for row in rows)
    return wanted


async def _wanted(
    connection: AsyncConnection, table: Table, which: Select[Any], ids: Sequence[DeliveryId], **moments: Any
) -> list[Row[Any]]:
    these = bound(connection, key_types(table), [key_in(each) for each in ids])
    rows = await connection.execute(which, {**these, **moments})
    return [row for row in rows if row.state == State.LEASED and row.verdict in _STILL]


def _these(dialect: str, table: Table) -> Join:
    these = given(dialect, key_types(table))
    return these.join(table, has_key(table, these.c))


@cache
def _own(dialect: str) -> Select[Any]:
    named = verdict().label("verdict")
    return select(deliveries.c.id, deliveries.c.state, named).select_from(_these(dialect, deliveries))


@lru_cache(maxsize=64)
def _broadcast(dialect: str, audience: Audience) -> Select[Any]:
    people = _these(dialect, broadcast_deliveries).outerjoin(participants, _p.id == _d.participant)
    named = verdict_on(audience).label("verdict")
    return select(_d.broadcast, _d.participant, _d.state, named).select_from(people)
