"""The people: finding them by where they write from, keeping what happened, letting them go."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.keeping import keep
from bot.store.leaving import everything_about, forget
from bot.store.loading import MANY, load, load_by_id
from bot.store.tables import addresses, participants
from bot.store.upserts import insert_into
from programme.events import Event
from programme.participants import Participant, ReminderLevel

DEFAULT_LANGUAGE = "id"


class People:
    """The verbs on participants."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._locked: dict[int, Participant] = {}

    async def at(
        self, channel: str, address: str, *, language: str | None, now: datetime, name: str | None = None
    ) -> Participant:
        """Return who writes from this address, new or known, locked until the transaction ends.

        So one person's messages are handled one after the other, whichever worker takes them. Having
        written, the person is reachable there; `name` is how they call themselves now.
        """
        person = await self._heard(channel, address, now)
        if person is None:
            await self._meet(channel, address, language or DEFAULT_LANGUAGE, now)
            person = await self._heard(channel, address, now)
        assert person is not None  # noqa: S101 - just met
        await self.lock(person)
        found = (await self.many([person]))[person]
        self._locked[person] = await self._called(found, name)
        return self._locked[person]

    async def get(self, person: int) -> Participant | None:
        """Return one participant, or None."""
        return (await self.many([person])).get(person)

    async def many(self, people: Iterable[int]) -> dict[int, Participant]:
        """Return the participants with these ids, those that exist."""
        return await load_by_id(self._connection, people)

    async def lock(self, person: int) -> None:
        """Make other transactions wait with this person; on SQLite every writer waits anyway."""
        if self._connection.dialect.name == "sqlite":
            return
        chosen = select(participants.c.id).where(participants.c.id == person)
        await self._connection.execute(chosen.with_for_update(key_share=True))

    async def save(self, participant: Participant, events: Sequence[Event], now: datetime) -> None:
        """Keep the person as they are after `events`, and the events as their history."""
        before = self._locked.pop(participant.id, None) or await self.get(participant.id)
        if before is not None:
            await keep(self._connection, before, participant, events, now)

    async def set_reachable(self, channel: str, address: str, reachable: bool) -> None:
        """Note whether the person can be written to at this address."""
        here = (addresses.c.channel == channel) & (addresses.c.address == address)
        await self._connection.execute(update(addresses).where(here).values(reachable=reachable))

    async def join(self, phone_hash: str, person: int) -> None:
        """Note the keyed hash of the number that the person shared."""
        chosen = update(participants).where(participants.c.id == person)
        await self._connection.execute(chosen.values(phone_hash=phone_hash))

    async def forget(self, person: int) -> None:
        """Delete everything that is kept about the person, also where they write from."""
        self._locked.pop(person, None)
        await forget(self._connection, person)

    async def export(self, person: int) -> dict[str, object]:
        """Return everything that is kept about the person, as plain JSON values by table."""
        return await everything_about(self._connection, person)

    async def in_wave(self, wave: int) -> AsyncIterator[Participant]:
        """Go through everybody of a wave, by id, a batch in memory at a time."""
        last = 0
        while True:
            batch = await load(
                self._connection,
                select(participants)
                .where(participants.c.wave == wave, participants.c.id > last)
                .order_by(participants.c.id)
                .limit(MANY),
            )
            for person in batch:
                yield person
            if len(batch) < MANY:
                return
            last = batch[-1].id

    async def obstacles(self, wave: int) -> dict[str, int]:
        """Count the wave's people by the obstacle that each named last, the commonest first."""
        count = func.count().label("people")
        rows = await self._connection.execute(
            select(participants.c.obstacle, count)
            .where(participants.c.wave == wave, participants.c.obstacle.is_not(None))
            .group_by(participants.c.obstacle)
            .order_by(count.desc(), participants.c.obstacle)
        )
        return {row.obstacle: row.people for row in rows}

    async def _heard(self, channel: str, address: str, now: datetime) -> int | None:
        found = await self._connection.execute(
            update(addresses)
            .where(addresses.c.channel == channel, addresses.c.address == address)
            .values(heard_at=now, reachable=True)
            .returning(addresses.c.participant)
        )
        person: int | None = found.scalar_one_or_none()
        return person

    async def _called(self, person: Participant, name: str | None) -> Participant:
        if name is None or name == person.name:
            return person
        await self._connection.execute(update(participants).where(participants.c.id == person.id).values(name=name))
        return replace(person, name=name)

    async def _meet(self, channel: str, address: str, language: str, now: datetime) -> None:
        """Make a participant for a new address, unless another worker does it at the same moment."""
        met = await self._connection.execute(
            insert(participants)
            .values(
                language=language,
                official=False,
                joined_at=now,
                welcomed=False,
                reminder_level=ReminderLevel.ALL,
            )
            .returning(participants.c.id)
        )
        person = met.scalar_one()
        placed = await self._connection.execute(
            insert_into(self._connection, addresses)
            .values(participant=person, channel=channel, address=address, heard_at=now, reachable=True)
            .on_conflict_do_nothing()
            .returning(addresses.c.id)
        )
        if placed.scalar_one_or_none() is None:
            await self._connection.execute(participants.delete().where(participants.c.id == person))
