"""Whom a leak of some tables touched: everybody of whom a row lay there, and where they can be told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema.conventions import PERSONAL, metadata
from bot.store.schema.imports import import_portions
from bot.store.schema.people import addresses, aliases, participants
from bot.store.schema.programme import roster, roster_payments
from bot.store.schema.traffic import inbox

PERSONAL_TABLES: Final = tuple(sorted(table.name for table in metadata.sorted_tables if table.comment == PERSONAL))
"""Names of the tables from which something about people can leak."""

_BORN: Final = {
    "chat_posts": "at",
    "consents": "given_at",
    "corrections": "at",
    "history": "at",
    "inbox": "at",
    "participants": "joined_at",
    "progress": "noted_at",
    "tickets": "opened_at",
    "ticket_entries": "at",
    "uploads": "at",
}
"""The column that says since when a row lies there; rows of the other tables count however young they are."""

_MANY = 5_000
_OWN_PLACES = select(addresses.c.channel, addresses.c.address).where(addresses.c.participant == participants.c.id)
_OTHER_NAMES = select(aliases.c.channel, aliases.c.alias).where(aliases.c.participant == participants.c.id)


@dataclass(frozen=True, slots=True)
class Touched:
    """One person, the tables in which they had rows, and where they can be written to: channel and address."""

    person: int
    tables: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


async def touched(connection: AsyncConnection, tables: Sequence[str], until: datetime) -> AsyncIterator[Touched]:
    """Go through everybody of whom a row lay in one of `tables` until that moment; KeyError for an unknown table."""
    lay = {name: _lay_there(metadata.tables[name], until) for name in tables}
    last = 0
    while True:
        asked = [there.label(name) for name, there in lay.items()]
        chosen = select(participants.c.id, *asked).where(participants.c.id > last, or_(*lay.values()))
        rows = (await connection.execute(chosen.order_by(participants.c.id).limit(_MANY))).all()
        if not rows:
            return
        places = await _places(connection, rows[0].id, rows[-1].id)
        for row in rows:
            found = tuple(name for name in lay if row._mapping[name])
            yield Touched(row.id, found, tuple(places.get(row.id, ())))
        last = rows[-1].id


async def on_lists_only(connection: AsyncConnection, table: str) -> int:
    """Count rows of an imported list whose number nobody shared: they can be told by nobody but the programme."""
    listed = metadata.tables[table].c.phone_hash
    shared = exists().where(participants.c.phone_hash == listed)
    counted = select(func.count(func.distinct(listed))).where(~shared)
    return int((await connection.execute(counted)).scalar_one())


def _lay_there(table: Table, until: datetime) -> ColumnElement[bool]:
    in_time = [table.c[_BORN[table.name]] <= until] if table.name in _BORN else []
    if table is participants:
        return and_(*in_time)
    if table is inbox:
        from_them = tuple_(inbox.c.channel, inbox.c.address)
        return exists().where(or_(from_them.in_(_OWN_PLACES), from_them.in_(_OTHER_NAMES)), *in_time)
    if table is import_portions:  # hashes within texts: everybody on a list is taken to be in them, rather than nobody
        listed = [exists().where(each.c.phone_hash == participants.c.phone_hash) for each in (roster, roster_payments)]
        return and_(exists().select_from(import_portions), or_(*listed))
    if "phone_hash" in table.c:
        return exists().where(table.c.phone_hash == participants.c.phone_hash, *in_time)
    return exists().where(table.c.participant == participants.c.id, *in_time)


async def _places(connection: AsyncConnection, first: int, last: int) -> dict[int, list[tuple[str, str]]]:
    chosen = select(addresses.c.participant, addresses.c.channel, addresses.c.address)
    found: dict[int, list[tuple[str, str]]] = {}
    for row in await connection.execute(chosen.where(addresses.c.participant.between(first, last))):
        found.setdefault(row.participant, []).append((row.channel, row.address))
    return found
