"""What is kept about one person, across every table: to show it, and to delete it."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Select, delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_log import of_person
from bot.store.tables import (
    addresses,
    advised,
    broadcasts,
    deliveries,
    dialogues,
    history,
    inbox,
    muted,
    participants,
    payments,
    progress,
    reminder_rows,
    roster,
    roster_payments,
    shared_messages,
    ticket_entries,
    tickets,
    uploads,
)
from bot.store.ticket_views import TicketViews

_OWNED = (
    *(addresses, progress, payments, dialogues, history, reminder_rows),
    *(ticket_entries, tickets, muted, uploads, advised),
)


def _phone_hash(person: int) -> Select[Any]:
    return select(participants.c.phone_hash).where(participants.c.id == person)


def _places(person: int) -> Select[Any]:
    return select(addresses.c.channel, addresses.c.address).where(addresses.c.participant == person)


async def forget(connection: AsyncConnection, person: int) -> None:
    """Delete the person. What waits in the inbox from them is emptied too, and counts as handled."""
    from_them = tuple_(inbox.c.channel, inbox.c.address).in_(_places(person))
    nothing = {"channel": None, "address": None, "content": None, "phone_hash": None}
    await connection.execute(
        update(inbox).where(from_them, inbox.c.handled_at.is_(None)).values(handled_at=inbox.c.at, **nothing)
    )
    await TicketViews(connection).drop_topics_of(person)
    for table in (roster_payments, roster):
        await connection.execute(delete(table).where(table.c.phone_hash.in_(_phone_hash(person))))
    await connection.execute(delete(deliveries).where(await of_person(connection, person)))
    for table in _OWNED:
        await connection.execute(delete(table).where(table.c.participant == person))
    await connection.execute(delete(participants).where(participants.c.id == person))


async def everything_about(connection: AsyncConnection, person: int) -> dict[str, object]:
    """Collect the person's rows by table; tables without any are left out."""
    chosen: dict[str, Select[Any]] = {
        "participant": select(participants).where(participants.c.id == person),
        **{table.name: select(table).where(table.c.participant == person) for table in _OWNED},
        "deliveries": select(deliveries, shared_messages.c.content, broadcasts.c.words)
        .outerjoin(shared_messages, shared_messages.c.digest == deliveries.c.shared_message)
        .outerjoin(broadcasts, broadcasts.c.id == deliveries.c.broadcast)
        .where(await of_person(connection, person)),
        "inbox": select(inbox).where(tuple_(inbox.c.channel, inbox.c.address).in_(_places(person))),
        **{
            table.name: select(table).where(table.c.phone_hash.in_(_phone_hash(person)))
            for table in (roster, roster_payments)
        },
    }
    found = {name: await _plain(connection, rows) for name, rows in chosen.items()}
    return {name: rows for name, rows in found.items() if rows}


async def _plain(connection: AsyncConnection, chosen: Select[Any]) -> list[dict[str, object]]:
    """Read rows as JSON values; digests tell a person nothing and are left out."""
    rows = (await connection.execute(chosen)).mappings()
    kept = [
        {str(name): told for name, told in row.items() if told is not None and not isinstance(told, bytes)}
        for row in rows
    ]
    plain: list[dict[str, object]] = orjson.loads(orjson.dumps(kept))
    return plain
