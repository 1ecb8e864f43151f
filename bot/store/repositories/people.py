"""The people: finding them by where they write from, keeping what happened, letting them go."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.repositories.aliases import Aliases, KeptAs, as_it_is
from bot.store.repositories.keeping import Keeping
from bot.store.repositories.leaving import everything_about, forget
from bot.store.repositories.loading import load, load_by_id, people
from bot.store.repositories.repository import Repository
from bot.store.repositories.speakers import Speaker, Speakers
from bot.store.schema.people import addresses, participants
from programme.model.events import Event
from programme.model.participants import Participant, Pause
from programme.model.phones import NumberHash, OwnHash
from programme.model.windows import WINDOWS

DEFAULT_LANGUAGE = "id"

log = logging.getLogger(__name__)

_CALLED = update(participants).where(participants.c.id == bindparam("person")).values(name=bindparam("called"))


def _leaves(withdrawn: datetime, silent: datetime) -> ColumnElement[bool]:
    heard = select(addresses.c.id).where(addresses.c.participant == participants.c.id, addresses.c.heard_at >= silent)
    return or_(
        and_(participants.c.pause == Pause.WITHDRAWN, participants.c.paused_at <= withdrawn),
        and_(participants.c.joined_at < silent, ~heard.exists()),
    )


class People(Repository):
    """Repository of participants."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        super().__init__(connection, now)
        self._locked: dict[int, Participant] = {}
        self.forgot = False
        self.kept_as: KeptAs = as_it_is
        self.disputed = False
        """Whether a name that came with an address belongs to somebody else."""

    @property
    def aliases(self) -> Aliases:
        """Other names of addresses."""
        return Aliases(self._connection, self.now, self.kept_as)

    async def at(self, channel: str, address: str, *, language: str | None) -> Participant:
        """Return who writes from this address, as `speaker` does."""
        return (await self.speaker(channel, address, language=language)).participant

    async def speaker(
        self,
        channel: str,
        address: str,
        *,
        language: str | None,
        name: str | None = None,
        aliases: Sequence[str] = (),
    ) -> Speaker:
        """Return who writes from this address, new or known, locked until the transaction ends.

        So one person's messages are handled one after the other, whichever worker takes them. Having
        written, the person is reachable there; `name` is how they call themselves now. Whoever is known by
        one of the `aliases` is the same person.
        """
        speakers, met = Speakers(self._connection, self.now), False
        found = await speakers.at(channel, address)
        if found is None and channel in WINDOWS:
            found = await self._by_another_name(channel, address, aliases)
        if found is None:
            await speakers.meet(channel, address, language or DEFAULT_LANGUAGE)
            found = await speakers.at(channel, address)
            met = True
        assert found is not None  # noqa: S101 - just met
        if aliases and await self.aliases.note(channel, aliases, found.participant.id):
            self.disputed = True
        person = await self._called(found.participant, name)
        self._locked[person.id] = person
        return replace(found, participant=person, met=met)

    async def _by_another_name(self, channel: str, address: str, aliases: Sequence[str]) -> Speaker | None:
        """Find who is known there by another name: by this one itself, or by those that came with it."""
        speakers = Speakers(self._connection, self.now)
        if (known := await self.aliases.address_of(channel, address)) is not None:
            return await speakers.at(channel, known)
        if aliases and await self.aliases.adopt(channel, address, aliases) is not None:
            return await speakers.at(channel, address)
        return None

    async def get(self, person: int) -> Participant | None:
        """Return one participant, or None."""
        return (await self.many([person])).get(person)

    async def many(self, ids: Iterable[int]) -> dict[int, Participant]:
        """Return the participants with these ids, those that exist."""
        return await load_by_id(self._connection, ids)

    async def readable(self, ids: Collection[int]) -> tuple[dict[int, Participant], dict[int, Exception]]:
        """Return those of these people who can be read, and why others can't: one of them holds up nobody."""
        try:
            return await self.many(ids), {}
        except (KeyError, TypeError, ValueError):
            found, failed = dict[int, Participant](), dict[int, Exception]()
        for person in ids:
            try:
                found |= await self.many([person])
            except (KeyError, TypeError, ValueError) as error:
                log.exception("participant %s can't be read", person)
                failed[person] = error
        return found, failed

    async def shown(self, ids: Collection[int]) -> dict[int, Participant]:
        """Return these people for whoever looks at many; who can't be read is left out."""
        return (await self.readable(ids))[0]

    async def lock(self, person: int) -> None:
        """Make other transactions wait with this person; on SQLite every writer waits anyway."""
        if self._connection.dialect.name == "sqlite":
            return
        chosen = select(participants.c.id).where(participants.c.id == person)
        await self._connection.execute(chosen.with_for_update(key_share=True))

    async def save(self, participant: Participant, events: Sequence[Event]) -> None:
        """Keep the person as they are after `events`, and the events as their history."""
        before = self._locked.pop(participant.id, None) or await self.get(participant.id)
        if before is not None:
            await Keeping(self._connection, self.now).keep(before, participant, events)

    async def set_reachable(self, channel: str, address: str, reachable: bool) -> None:
        """Note whether the person can be written to at this address."""
        here = (addresses.c.channel == channel) & (addresses.c.address == address)
        await self._connection.execute(update(addresses).where(here).values(reachable=reachable))

    async def set_marketing(self, channel: str, address: str, *, wanted: bool) -> None:
        """Note whether the person wants advertising there, as the channel itself asked them."""
        known = await self.aliases.address_of(channel, address) or address
        here = (addresses.c.channel == channel) & (addresses.c.address == known)
        off_at = None if wanted else self.now
        await self._connection.execute(update(addresses).where(here).values(marketing_off_at=off_at))

    async def close(self, channel: str) -> None:
        """Note that nobody can be written to there any more, until they write from there again."""
        there = (addresses.c.channel == channel) & addresses.c.reachable
        await self._connection.execute(update(addresses).where(there).values(reachable=False))

    async def join(self, number: OwnHash, person: int) -> None:
        """Note the keyed hash of the person's own number, and its last digits."""
        chosen = update(participants).where(participants.c.id == person)
        await self._connection.execute(chosen.values(phone_hash=number.text, phone_tail=number.tail or None))

    async def who(self, channel: str, address: str) -> int | None:
        """Return the participant who writes from there, if anybody does."""
        here = (addresses.c.channel == channel) & (addresses.c.address == address)
        found: int | None = (await self._connection.execute(select(addresses.c.participant).where(here))).scalar()
        if found is None and channel in WINDOWS:
            owners = await self.aliases.owner(channel, [address])
            return owners.pop() if len(owners) == 1 else None
        return found

    async def with_number(self, number: NumberHash) -> list[int]:
        """Return the participants who shared a number, under whichever key."""
        chosen = select(participants.c.id).where(participants.c.phone_hash.in_((number.text, *number.former)))
        return list((await self._connection.execute(chosen.order_by(participants.c.id))).scalars())

    async def places(self, person: int) -> list[tuple[str, str]]:
        """Return channel and address of everywhere the person writes from."""
        chosen = select(addresses.c.channel, addresses.c.address).where(addresses.c.participant == person)
        return [(row.channel, row.address) for row in await self._connection.execute(chosen)]

    async def forget(self, person: int) -> None:
        """Delete everything that is kept about the person, also where they write from."""
        self.forgot = True
        self._locked.pop(person, None)
        await forget(self._connection, person)

    async def to_let_go(self, withdrawn: datetime, silent: datetime, most: int) -> list[int]:
        """Return people whose consent was withdrawn before that moment, or who were heard of last before the other."""
        chosen = select(participants.c.id).where(_leaves(withdrawn, silent)).limit(most)
        return list((await self._connection.execute(chosen)).scalars())

    async def let_go(self, person: int, withdrawn: datetime, silent: datetime) -> None:
        """Delete the person, unless they agreed again or wrote since they were looked for."""
        await self.lock(person)
        chosen = select(participants.c.id).where(participants.c.id == person, _leaves(withdrawn, silent))
        if (await self._connection.execute(chosen)).scalar_one_or_none() is not None:
            await self.forget(person)

    async def export(self, person: int) -> dict[str, object]:
        """Return everything that is kept about the person, as plain JSON values by table."""
        return await everything_about(self._connection, person)

    async def newest(self) -> int:
        """Return the highest id there is, 0 where nobody is."""
        return (await self._connection.execute(select(func.max(participants.c.id)))).scalar_one() or 0

    async def some(self, after: int, most: int, every: int = 1) -> list[Participant]:
        """Return the next people after an id: all of them, or of every so many one, always the same ones."""
        chosen = people(self._connection.dialect.name).where(participants.c.id > after)
        if every > 1:
            chosen = chosen.where(participants.c.id % every == 0)
        return await load(self._connection, chosen.order_by(participants.c.id).limit(most))

    async def ids(self, wave: int | None, after: int, most: int) -> list[int]:
        """Return the next people of a wave, None for all, whose id is above `after`."""
        meant = () if wave is None else (participants.c.wave == wave,)
        chosen = select(participants.c.id).where(*meant, participants.c.id > after).order_by(participants.c.id)
        return list((await self._connection.execute(chosen.limit(most))).scalars())

    async def _called(self, person: Participant, name: str | None) -> Participant:
        if name is None or name == person.name:
            return person
        await self._connection.execute(_CALLED, {"person": person.id, "called": name})
        return replace(person, name=name)
