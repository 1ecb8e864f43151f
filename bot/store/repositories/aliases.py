"""Other names of an address: whoever is known under one of them is the same person, and keeps their place.

The address itself, to which we write, lies in `addresses`; here are the names by which else it may be called, a
number as its keyed hash: nobody is written to by them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.people import addresses, aliases
from bot.store.schema.traffic import deliveries


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a change of address: whose it is, and whether a new name belongs to somebody else."""

    person: int | None
    taken: bool = False


KeptAs = Callable[[str], tuple[str, ...]]
"""Tells how a name is kept, the form in use first: `programme.model.phones.NumberKeys.names`."""


def as_it_is(name: str) -> tuple[str, ...]:
    """Keep a name as it is: where no numbers are dealt with."""
    return (name,)


class Aliases(Repository):
    """Repository of other names of addresses."""

    def __init__(self, connection: AsyncConnection, now: datetime, kept_as: KeptAs = as_it_is) -> None:
        super().__init__(connection, now)
        self._kept_as = kept_as

    async def owner(self, channel: str, names: Sequence[str]) -> set[int]:
        """Return who is known there by any of these names."""
        a, s = addresses.c, aliases.c
        known = union_all(
            select(a.participant).where(a.channel == channel, a.address.in_(names)),
            select(s.participant).where(s.channel == channel, s.alias.in_(self._forms(names))),
        )
        return set((await self._connection.execute(known)).scalars())

    async def address_of(self, channel: str, name: str) -> str | None:
        """Return the address of whoever is known by another name there; None where nobody is."""
        a, s = addresses.c, aliases.c
        theirs = select(a.address).join(aliases, (s.participant == a.participant) & (s.channel == a.channel))
        theirs = theirs.where(s.channel == channel, s.alias.in_(self._forms([name])))
        latest = theirs.order_by(a.heard_at.desc(), a.id.desc()).limit(1)
        found: str | None = (await self._connection.execute(latest)).scalar()
        return found

    async def adopt(self, channel: str, address: str, names: Sequence[str]) -> int | None:
        """Give an address that nobody has to whoever is known by its other names; return who that is.

        None where nobody is, or more than one.
        """
        owners = await self.owner(channel, names)
        if len(owners) != 1:
            return None
        [person] = owners
        await self._readdress(channel, person, address)
        return person

    async def note(self, channel: str, names: Sequence[str], person: int) -> bool:
        """Note other names of the person's address; tell whether one of them belongs to somebody else."""
        if await self.owner(channel, names) - {person}:
            return True
        for name in names:
            alias = self._kept_as(name)[0]
            adding = insert_into(self._connection, aliases).values(participant=person, channel=channel, alias=alias)
            await self._connection.execute(adding.on_conflict_do_nothing())
        return False

    async def move(self, channel: str, former: str, names: Sequence[str]) -> Moved:
        """Take over a change of address: the first of `names` is the new one, the others are as well theirs.

        Nothing is merged: where a new name belongs to somebody else, nothing changes.
        """
        owners = await self.owner(channel, [former])
        if len(owners) != 1:
            return Moved(None)
        [person] = owners
        if await self.owner(channel, names) - {person}:
            return Moved(person, taken=True)
        gone = delete(aliases).where(aliases.c.channel == channel, aliases.c.participant == person)
        await self._connection.execute(gone)  # a former number may be somebody else's tomorrow
        await self._readdress(channel, person, names[0])
        await self.note(channel, [name for name in names[1:] if name != names[0]], person)
        return Moved(person)

    def _forms(self, names: Sequence[str]) -> list[str]:
        return [form for name in names for form in self._kept_as(name)]

    async def _readdress(self, channel: str, person: int, address: str) -> None:
        """Write to the person at this address from now on; what is on its way to the former one goes there, too."""
        a, d = addresses.c, deliveries.c
        theirs = and_(a.channel == channel, a.participant == person)
        latest_first = select(a.id, a.address).where(theirs).order_by(a.heard_at.desc(), a.id.desc())
        former = (await self._connection.execute(latest_first)).all()
        if not former:
            await self._connection.execute(
                insert_into(self._connection, addresses)
                .values(participant=person, channel=channel, address=address, heard_at=self.now, reachable=True)
                .on_conflict_do_nothing()
            )
            return
        latest = former[0]
        if latest.address == address:
            return
        await self._connection.execute(
            update(addresses).where(a.id == latest.id).values(address=address, reachable=True)
        )
        on_its_way = and_(
            d.channel == channel, d.address == latest.address, d.participant == person, d.open_at.is_not(None)
        )
        await self._connection.execute(update(deliveries).where(on_its_way).values(address=address))
