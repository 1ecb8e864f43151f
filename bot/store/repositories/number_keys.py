"""The row of keys under which a database keeps hashes of numbers: their places and fingerprints, never the keys."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, delete, func, inspect, select

from bot.store.engine.upserts import change_many
from bot.store.repositories.repository import Repository
from bot.store.schema.people import participants
from bot.store.schema.programme import number_keys, roster, roster_payments
from bot.store.schema.traffic import inbox

HASHED: tuple[Table, ...] = (participants, roster, roster_payments, inbox)
"""The tables in which hashes of numbers lie, each in `phone_hash`."""


class Keys(Repository):
    """Repository of row of keys."""

    async def begun(self) -> bool:
        """Tell whether the database has such a row yet; one of an earlier version gets it with the upgrade."""
        return await self._connection.run_sync(lambda here: inspect(here).has_table(number_keys.name))

    async def all(self) -> dict[int, str]:
        """Return the fingerprints by place; the highest place is in use."""
        rows = await self._connection.execute(select(number_keys).order_by(number_keys.c.place))
        return {row.place: row.fingerprint for row in rows}

    async def add(self, place: int, fingerprint: str) -> None:
        """Note a key."""
        await change_many(
            self._connection, number_keys, [{"place": place, "fingerprint": fingerprint, "since": self.now}]
        )

    async def begin_anew(self, keys: Mapping[int, str]) -> None:
        """Note these keys in place of any others; nothing is written where they are there already."""
        if await self.all() == dict(keys):
            return
        await self._connection.execute(delete(number_keys))
        for place, fingerprint in keys.items():
            await self.add(place, fingerprint)

    async def strike(self, place: int) -> None:
        """Strike a key under which nothing lies any more."""
        await self._connection.execute(delete(number_keys).where(number_keys.c.place == place))

    async def used(self) -> bool:
        """Tell whether any number is kept at all."""
        for table in HASHED:
            found = await self._connection.execute(select(1).where(table.c.phone_hash.is_not(None)).limit(1))
            if found.scalar_one_or_none() is not None:
                return True
        return False

    async def left(self, place: int) -> int:
        """Count the hashes that lie under a key."""
        total = 0
        for table in HASHED:
            counted = select(func.count()).select_from(table).where(_under(table, place))
            total += (await self._connection.execute(counted)).scalar_one()
        return total


def _under(table: Table, place: int) -> ColumnElement[bool]:
    """Say that a hash was made with the key at `place`, which stands before it; those of version 0.1 have none."""
    if place:
        return table.c.phone_hash.like(f"{place}:%")
    return table.c.phone_hash.is_not(None) & table.c.phone_hash.not_like("%:%")
