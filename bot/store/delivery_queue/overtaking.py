"""Overtaking: a reminder that one channel did not bring for hours, or puts off, goes by the person's other one.

The phone behind the first may be off, or the channel may hold the message back. Two messages are better than none:
losing the place is for life.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.settling import carry_elsewhere
from bot.store.delivery_queue.states import State
from bot.store.schema.people import addresses
from bot.store.schema.traffic import UNARRIVED, deliveries
from programme.model.messages import Kind
from programme.model.windows import WINDOWS

LATE: Final = timedelta(hours=3)
"""So long a reminder may be under way: the longest that one of the last evening waits for a phone."""

_WORTH: Final = timedelta(hours=24)  # what was sent before that was overtaken by other reminders
_SPARE: Final = timedelta(minutes=30)  # what ends sooner would not arrive in time elsewhere, either
_MOST = 500

_d = deliveries.c
_moment = _d.closed_at.type
_elsewhere = exists().where(
    addresses.c.participant == _d.participant, addresses.c.reachable, addresses.c.channel != _d.via_channel
)
_LATE = (
    select(_d.id)
    .where(text(UNARRIVED), _d.closed_at > bindparam("since", type_=_moment))
    .where(_d.closed_at <= bindparam("until", type_=_moment), _d.not_after > bindparam("ends", type_=_moment))
    .where(_d.kind == Kind.REMINDER, _d.not_via.is_(None), _elsewhere)
    .order_by(_d.closed_at)
    .limit(_MOST)
)


_PUT_OFF = (
    update(deliveries)
    .where(_d.kind == Kind.REMINDER, _d.open_at > bindparam("now", type_=_moment), _d.state == State.PENDING.value)
    .where(_d.via_channel.in_(sorted(WINDOWS)), _d.not_via.is_(None), _d.address.is_(None), _elsewhere)
    .values(not_via=_d.via_channel, open_at=bindparam("now", type_=_moment))
)


async def overtake(connection: AsyncConnection, now: datetime) -> int:
    """Owe late reminders on the other channel, each once; return how many."""
    put_off = await connection.execute(_PUT_OFF, {"now": now})
    return put_off.rowcount + await _overtake_late(connection, now)


async def _overtake_late(connection: AsyncConnection, now: datetime) -> int:
    moments = {"since": now - _WORTH, "until": now - LATE, "ends": now + _SPARE}
    late = (await connection.execute(_LATE, moments)).scalars().all()
    if late:
        closed = update(deliveries).where(_d.id.in_(late))
        await connection.execute(closed.values(state=State.NOT_HERE.value, closed_at=now))
        await carry_elsewhere(connection, deliveries, late)
    return len(late)
