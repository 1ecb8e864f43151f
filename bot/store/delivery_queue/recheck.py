"""Tells which of the deliveries that a worker holds are still wanted.

It asks what the claim asks, so that whatever is given back for its answer is closed or held there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.broadcast_claiming import verdict_on
from bot.store.delivery_queue.broadcast_keys import broadcast_of
from bot.store.delivery_queue.claiming import verdict
from bot.store.delivery_queue.states import State
from bot.store.engine.bulk import Types, bound, given
from bot.store.repositories.broadcast_rows import audience_from
from bot.store.schema.tables import broadcasts, deliveries, participants
from programme.model.broadcasts import Audience, BroadcastState

_d, _b, _p = deliveries.c, broadcasts.c, participants.c
_STILL = (None, State.FAILED.value)
"""What does not speak against sending: that there were too many tries may be found only once the last one is over."""

_THESE: Types = (("row", BigInteger()),)
_RUNNING = select(_b.id, _b.audience, _b.not_after).where(
    _b.id.in_(bindparam("these", expanding=True)), _b.state == BroadcastState.RUNNING
)


async def still_wanted(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> set[int]:
    """Return those that a worker holds and that a claim would take."""
    own = [number for number in ids if number > 0]
    wanted = await _wanted(connection, _own(connection.dialect.name), own, now=now) if own else set()
    announced: dict[int, list[int]] = defaultdict(list)
    for number in ids:
        if number < 0:
            announced[broadcast_of(number)].append(number)
    if announced:
        for row in (await connection.execute(_RUNNING, {"these": sorted(announced)})).all():
            which = _announced(connection.dialect.name, audience_from(row.audience))
            wanted |= await _wanted(connection, which, announced[row.id], now=now, not_after=row.not_after)
    return wanted


async def _wanted(connection: AsyncConnection, which: Select[Any], ids: Sequence[int], **moments: Any) -> set[int]:
    rows = await connection.execute(which, {**bound(connection, _THESE, [(number,) for number in ids]), **moments})
    return {row.id for row in rows if row.state == State.LEASED and row.verdict in _STILL}


def _held(dialect: str, named: ColumnElement[Any]) -> Select[Any]:
    these = select(given(dialect, _THESE).c.row)
    return select(_d.id, _d.state, named.label("verdict")).where(_d.id.in_(these))


@cache
def _own(dialect: str) -> Select[Any]:
    return _held(dialect, verdict())


@lru_cache(maxsize=64)
def _announced(dialect: str, audience: Audience) -> Select[Any]:
    people = deliveries.outerjoin(participants, _p.id == _d.participant)
    return _held(dialect, verdict_on(audience)).select_from(people)
