"""The rows that are the schedule: one a person, telling when their next reminder falls due."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.outbox import Outbox
from bot.store.engine.upserts import change_many, insert_or_change
from bot.store.repositories.dead_letters import DeadLetters
from bot.store.repositories.people import People
from bot.store.repositories.repository import Repository
from bot.store.schema.people import participants
from bot.store.schema.traffic import reminder_rows
from bot.store.unavailable import sort_of
from programme.model.deliveries import Delivery
from programme.model.participants import Participant
from programme.model.spheres import Sphere

DUE = (
    select(reminder_rows)
    .join(participants, participants.c.id == reminder_rows.c.participant)
    .where(reminder_rows.c.at <= bindparam("now", type_=reminder_rows.c.at.type))
    .order_by(reminder_rows.c.at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=[participants, reminder_rows], skip_locked=True, key_share=True)
)

_theirs = reminder_rows.c.participant == bindparam("person")
_ROW = select(reminder_rows.c.at).where(_theirs)
_NO_ROW = delete(reminder_rows).where(_theirs)

_LATER = timedelta(hours=1)
_TOGETHER = 50  # people that are read at a time


class Reminders(Repository):
    """Fills `programme.model.ports.ReminderRows` from the database."""

    def __init__(self, connection: AsyncConnection, now: datetime, people: People, outbox: Outbox) -> None:
        super().__init__(connection, now)
        self._people = people
        self._outbox = outbox

    async def due(self, limit: int) -> Sequence[tuple[Participant, datetime]]:
        """Return people whose row fell due, with the row's moment, earliest first.

        They are locked until the transaction ends; whom another worker has in hand is left to it.
        """
        found = await self._connection.execute(DUE, {"now": self.now, "most": limit})
        rows = found.all()
        people = await self._readable([row.participant for row in rows])
        return [(people[row.participant], row.at) for row in rows if row.participant in people]

    async def _readable(self, ids: Sequence[int]) -> Mapping[int, Participant]:
        """Read people; who can't be read is put off."""
        found, failed = await self._people.readable(ids)
        for person, error in failed.items():
            await self.put_off(person, error)
        return found

    async def row_of(self, participant: int) -> datetime | None:
        """Return the moment in the person's row, if there is one."""
        row = await self._connection.execute(_ROW, {"person": participant})
        return row.scalar_one_or_none()

    async def set_row(self, participant: int, at: datetime | None) -> None:
        """Put the person's row to `at`, or take it away."""
        if at is None:
            await self._connection.execute(_NO_ROW, {"person": participant})
            return
        put = insert_or_change(self._connection.dialect.name, reminder_rows)
        await self._connection.execute(put, {"participant": participant, "at": at})

    async def move_rows(self, rows: Mapping[int, datetime | None]) -> None:
        """Do the same for many people, in two statements."""
        moved = [{"participant": person, "at": at} for person, at in rows.items() if at is not None]
        await change_many(self._connection, reminder_rows, moved)
        gone = [person for person, at in rows.items() if at is None]
        if gone:
            await self._connection.execute(delete(reminder_rows).where(reminder_rows.c.participant.in_(gone)))

    async def next_at(self) -> datetime | None:
        """Return the earliest moment of all rows."""
        earliest = await self._connection.execute(select(func.min(reminder_rows.c.at)))
        moment: datetime | None = earliest.scalar_one()
        return moment

    async def put_off(self, participant: int, error: Exception) -> None:
        """Try a person again in an hour; after a few failures an operator is told instead."""
        letters = DeadLetters(self._connection, self.now)
        _tries, dead = await letters.failed(Sphere.REMINDER, participant, sort_of(error))
        await self.set_row(participant, None if dead else self.now + _LATER)

    async def everybody(self, wave: int | None, after: int = 0) -> AsyncIterator[Participant]:
        """Go through everybody of a wave, None for all, with an id above `after`; who can't be read is put off."""
        while ids := await self._people.ids(wave, after, _TOGETHER):
            readable = await self._readable(ids)
            for person in sorted(readable):
                yield readable[person]
            after = ids[-1]

    async def owe(self, deliveries: Sequence[Delivery]) -> None:
        """Put deliveries in the outbox; those already there by source and participant stay as they are."""
        await self._outbox.put(deliveries)

    async def withdraw(self, participant: int, *, keeping: Sequence[str]) -> None:
        """Cancel the person's pending reminders whose source is not in `keeping`."""
        await self._outbox.withdraw(participant, keeping)

    async def revive(self, participant: int, source: str) -> None:
        """Owe a reminder again that was cancelled, if it is still of use."""
        await self._outbox.revive(participant, source)
