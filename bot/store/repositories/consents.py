"""Consents: that somebody agreed to be written to on a channel, by what, and since when no more."""

from __future__ import annotations

import hashlib

from sqlalchemy import update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.tables import consents
from programme.model.messages import Incoming

_c = consents.c


class Consents(Repository):
    """Repository of consents."""

    async def give(self, person: int, incoming: Incoming) -> None:
        """Note that the person agreed by this message; the message is named by its digest, and not kept."""
        proof = hashlib.sha256(f"{incoming.channel}\0{incoming.id}".encode()).hexdigest()
        values = {"given_at": self.now, "proof": proof, "withdrawn_at": None}
        adding = insert_into(self._connection, consents).values(participant=person, channel=incoming.channel, **values)
        again = adding.on_conflict_do_update(
            index_elements=["participant", "channel"], set_=values, where=_c.withdrawn_at.is_not(None)
        )
        await self._connection.execute(again)

    async def withdraw(self, person: int, channel: str) -> None:
        """Note that the person agrees no more."""
        theirs = (_c.participant == person) & (_c.channel == channel) & _c.withdrawn_at.is_(None)
        await self._connection.execute(update(consents).where(theirs).values(withdrawn_at=self.now))
