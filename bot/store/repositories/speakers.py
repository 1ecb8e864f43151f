"""Who is writing: found by where they write from, with all that a turn of the conversation needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, insert, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.dialogues import dialogue_from
from bot.store.repositories.loading import participant_from, people
from bot.store.repositories.repository import Repository
from bot.store.schema.people import addresses, dialogues, participants
from programme.model.dialogues import Dialogue
from programme.model.participants import Participant, ReminderLevel

FRESH = timedelta(minutes=1)
"""For so long it is not written down anew that the same person wrote from the same place."""

_here = and_(
    addresses.c.channel == bindparam("via"),
    addresses.c.address == bindparam("place"),
)
_elsewhere = addresses.alias("elsewhere")
_heard = bindparam("now", type_=addresses.c.heard_at.type)

LOCK = (
    select(participants.c.id)
    .join(addresses, addresses.c.participant == participants.c.id)
    .where(_here)
    .with_for_update(of=participants, key_share=True)
)
_HEARD = update(addresses).where(_here).values(heard_at=_heard, reachable=True, undelivered_at=None)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person and the conversation that is kept of them; `met` says that they are new."""

    participant: Participant
    dialogue: Dialogue | None
    met: bool = False


class Speakers(Repository):
    """Finds who writes, or makes a participant of them."""

    async def at(self, channel: str, address: str) -> Speaker | None:
        """Return who writes from there, locked until the transaction ends, and now reachable; None for a stranger."""
        here = {"via": channel, "place": address}
        dialect = self._connection.dialect.name
        if dialect != "sqlite":  # where every writer waits anyway
            await self._connection.execute(LOCK, here)  # by itself: what comes next must see what was waited for
        row = (await self._connection.execute(_speaker(dialect), here)).one_or_none()
        if row is None:
            return None
        if row.elsewhere or not row.reachable or not row.heard_at <= self.now < row.heard_at + FRESH:
            await self._connection.execute(_HEARD, here | {"now": self.now})
        dialogue = None if row.dialogue_id is None else dialogue_from(row, "dialogue_")
        return Speaker(participant_from(row), dialogue)

    async def meet(self, channel: str, address: str, language: str) -> None:
        """Make a participant for a new address, unless another worker does it at the same moment."""
        unknown = {"official": False, "welcomed": False, "reminder_level": ReminderLevel.ALL}
        met = await self._connection.execute(
            insert(participants).values(language=language, joined_at=self.now, **unknown).returning(participants.c.id)
        )
        person = met.scalar_one()
        placed = await self._connection.execute(
            insert_into(self._connection, addresses)
            .values(participant=person, channel=channel, address=address, heard_at=self.now, reachable=True)
            .on_conflict_do_nothing()
            .returning(addresses.c.id)
        )
        if placed.scalar_one_or_none() is None:
            await self._connection.execute(participants.delete().where(participants.c.id == person))


@cache
def _speaker(dialect: str) -> Select[Any]:
    since = exists().where(
        _elsewhere.c.participant == addresses.c.participant,
        _elsewhere.c.id != addresses.c.id,
        _elsewhere.c.heard_at >= addresses.c.heard_at,
    )
    return (
        people(dialect)
        .add_columns(
            addresses.c.heard_at,
            addresses.c.reachable,
            since.label("elsewhere"),
            *(column.label(f"dialogue_{column.name}") for column in dialogues.c),
        )
        .join(addresses, addresses.c.participant == participants.c.id)
        .outerjoin(dialogues, dialogues.c.participant == participants.c.id)
        .where(_here)
    )
