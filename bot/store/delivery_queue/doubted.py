"""What a channel says of addresses where something did not arrive: that nobody is there, or silent for too long.

That nobody is there is believed once it is said twice, a day apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Table, Update, bindparam, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.keys import has_key, key_types
from bot.store.engine.bulk import bound, given
from bot.store.schema.people import addresses
from programme.model.windows import WINDOWS

APART = timedelta(hours=24)
"""Meta's 131026 is now and then wrong: shared/whatsapp/FACTS, November 2026."""

_a = addresses.c
_SINCE = bindparam("since", type_=_a.undelivered_at.type)
_AT = bindparam("at", type_=_a.undelivered_at.type)
_ANY = select(_a.id).where(_a.undelivered_at.is_not(None)).limit(1)


async def doubt(connection: AsyncConnection, table: Table, keys: Sequence[tuple[int, ...]], at: datetime) -> None:
    """Note that nobody was found where these deliveries went; who was not found a day ago either is gone."""
    here = bound(connection, key_types(table), keys)
    await connection.execute(_gone(connection.dialect.name, table), {**here, "since": at - APART})
    await connection.execute(_doubted(connection.dialect.name, table), {**here, "at": at})


async def trust(connection: AsyncConnection, table: Table, keys: Sequence[tuple[int, ...]]) -> None:
    """Note that these arrived: whoever got them is there."""
    if keys and (await connection.execute(_ANY)).first() is not None:
        await connection.execute(_found(connection.dialect.name, table), bound(connection, key_types(table), keys))


async def shut_window(connection: AsyncConnection, table: Table, keys: Sequence[tuple[int, ...]]) -> None:
    """Note that whoever should have got these had been silent for too long: the channel knows it better than we.

    Who has written since the message was taken is not meant.
    """
    which = given(connection.dialect.name, key_types(table))
    taken = select(table.c.via_channel, table.c.via_address, table.c.closed_at).join(which, has_key(table, which.c))
    rows = (await connection.execute(taken, bound(connection, key_types(table), keys))).all()
    for channel, address, at in rows:
        window = WINDOWS.get(channel)
        if window is not None and at is not None:
            here = (_a.channel == channel) & (_a.address == address)
            silent = update(addresses).where(here, _a.heard_at.between(at - window, at))
            await connection.execute(silent.values(heard_at=at - window))


@cache
def _gone(dialect: str, table: Table) -> Update:
    return _there(dialect, table).where(_a.undelivered_at <= _SINCE).values(reachable=False)


@cache
def _doubted(dialect: str, table: Table) -> Update:
    return _there(dialect, table).where(_a.undelivered_at.is_(None)).values(undelivered_at=_AT)


@cache
def _found(dialect: str, table: Table) -> Update:
    return _there(dialect, table).where(_a.undelivered_at.is_not(None)).values(undelivered_at=None)


def _there(dialect: str, table: Table) -> Update:
    which: Any = given(dialect, key_types(table))
    places = select(table.c.via_channel, table.c.via_address).join(which, has_key(table, which.c))
    return update(addresses).where(tuple_(_a.channel, _a.address).in_(places))
