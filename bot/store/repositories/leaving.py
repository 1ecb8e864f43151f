"""What is kept about one person, across every table: to show it, and to delete it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import CompoundSelect, Select, delete, exists, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.delivery_log import to_person
from bot.store.repositories.imports import erase_numbers
from bot.store.schema.conventions import metadata
from bot.store.schema.helpdesk import ticket_entries, tickets, topics_to_drop, uploads
from bot.store.schema.people import addresses, aliases, participants
from bot.store.schema.programme import missed_by, misses, roster, roster_payments
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries, inbox, shared_messages
from programme.model.tickets import Author

OWNED = tuple(
    table
    for table in reversed(metadata.sorted_tables)
    if "participant" in table.c and table is not broadcast_deliveries
)
"""Every table whose rows belong to a person, whoever adds one, but one that is found by the broadcast first."""


_OF_STAFF = frozenset({"who", "by", "owner", "undone_by", "room", "topic", "card", "shown", "keys"})
"""Columns that tell of the staff and their group, not of the person."""


def _phone_hash(person: int) -> Select[Any]:
    return select(participants.c.phone_hash).where(participants.c.id == person)


def _places(person: int) -> CompoundSelect[Any]:
    """Choose every place from which the person's messages may have come, by whichever name."""
    named = select(addresses.c.channel, addresses.c.address).where(addresses.c.participant == person)
    return named.union_all(select(aliases.c.channel, aliases.c.alias).where(aliases.c.participant == person))


def _said_by_nobody_else(person: int) -> Select[Any]:
    others = missed_by.alias("others")
    another = exists().where(others.c.miss == missed_by.c.miss, others.c.participant != person)
    return select(missed_by.c.miss).where(missed_by.c.participant == person, ~another)


async def forget(connection: AsyncConnection, person: int) -> None:
    """Delete the person. What waits in the inbox from them is emptied too, and counts as handled."""
    from_them = tuple_(inbox.c.channel, inbox.c.address).in_(_places(person))
    nothing = {"channel": None, "address": None, "content": None, "phone_hash": None}
    await connection.execute(
        update(inbox).where(from_them, inbox.c.handled_at.is_(None)).values(handled_at=inbox.c.at, **nothing)
    )
    await _drop_topics(connection, person)
    await drop_number(connection, list((await connection.execute(_phone_hash(person))).scalars()))
    await connection.execute(delete(broadcast_deliveries).where(await to_person(connection, person)))
    await connection.execute(delete(misses).where(misses.c.id.in_(_said_by_nobody_else(person))))
    for table in OWNED:
        await connection.execute(delete(table).where(table.c.participant == person))
    await connection.execute(delete(participants).where(participants.c.id == person))


async def _drop_topics(connection: AsyncConnection, person: int) -> None:
    """Have the topics of the person's complaints taken away."""
    theirs = select(tickets.c.room, tickets.c.topic).where(
        tickets.c.participant == person, tickets.c.topic.is_not(None)
    )
    await connection.execute(insert(topics_to_drop).from_select(["room", "topic"], theirs))


async def everything_about(connection: AsyncConnection, person: int) -> dict[str, object]:
    """Collect the person's rows by table; tables without any are left out."""
    chosen: dict[str, Select[Any]] = {
        "participant": select(participants).where(participants.c.id == person),
        **{table.name: select(table).where(table.c.participant == person) for table in OWNED},
        "ticket_entries": select(ticket_entries).where(
            ticket_entries.c.participant == person, ticket_entries.c.author.not_in((Author.NOTE, Author.DESK))
        ),
        "deliveries": select(deliveries, shared_messages.c.content)
        .outerjoin(shared_messages, shared_messages.c.digest == deliveries.c.shared_message)
        .where(deliveries.c.participant == person),
        "broadcast_deliveries": select(broadcast_deliveries, broadcasts.c.words)
        .join(broadcasts, broadcasts.c.id == broadcast_deliveries.c.broadcast)
        .where(await to_person(connection, person)),
        "misses": select(misses).join(missed_by).where(missed_by.c.participant == person),
        "inbox": select(inbox).where(tuple_(inbox.c.channel, inbox.c.address).in_(_places(person))),
        **{
            table.name: select(table).where(table.c.phone_hash.in_(_phone_hash(person)))
            for table in (roster, roster_payments)
        },
    }
    found = {str(name): await _plain(connection, rows) for name, rows in chosen.items()}
    return {name: rows for name, rows in found.items() if rows}


async def drop_number(connection: AsyncConnection, hashes: Collection[str | None]) -> None:
    """Delete what the lists say of a number, and what imports would put back of it."""
    known = [each for each in hashes if each is not None]
    for table in (roster_payments, roster):
        await connection.execute(delete(table).where(table.c.phone_hash.in_(known)))
    await erase_numbers(connection, known)


async def rows_of_number(connection: AsyncConnection, hashes: Collection[str]) -> dict[str, object]:
    """Collect what the lists say of a number, by table."""
    chosen = {table.name: select(table).where(table.c.phone_hash.in_(hashes)) for table in (roster, roster_payments)}
    found = {str(name): await _plain(connection, rows) for name, rows in chosen.items()}
    return {name: rows for name, rows in found.items() if rows}


async def _plain(connection: AsyncConnection, chosen: Select[Any]) -> list[dict[str, object]]:
    """Read rows as JSON values: pictures in base64; digests, and who of the staff it was, are left out."""
    rows = (await connection.execute(chosen)).mappings()
    kept = [{str(name): _told(told) for name, told in row.items() if not _is_left_out(str(name), told)} for row in rows]
    plain: list[dict[str, object]] = orjson.loads(orjson.dumps(kept))
    return plain


def _is_left_out(name: str, value: object) -> bool:
    return value is None or name in _OF_STAFF or (isinstance(value, bytes) and name != uploads.c.data.name)


def _told(value: object) -> object:
    return b64encode(value).decode() if isinstance(value, bytes) else value
