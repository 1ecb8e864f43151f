"""Consents: that somebody agreed, on a channel, by what and to which words, and since when no more."""

from __future__ import annotations

import hashlib

from sqlalchemy import false, or_, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.people import consents
from programme.model.messages import Incoming

_c = consents.c


class Consents(Repository):
    """Repository of consents."""

    async def give(self, person: int, incoming: Incoming, *, words: str | None = None) -> None:
        """Note that the person agreed by this message; the message is named by its digest, and not kept.

        `words` is the version of the words that they were shown; a consent that stands changes only to other words.
        """
        proof = hashlib.sha256(f"{incoming.channel}\0{incoming.id}".encode()).hexdigest()
        values = {"given_at": self.now, "proof": proof, "words": words, "withdrawn_at": None}
        adding = insert_into(self._connection, consents).values(participant=person, channel=incoming.channel, **values)
        changed = false() if words is None else _c.words.is_distinct_from(words)
        anew = or_(_c.withdrawn_at.is_not(None), changed)
        again = adding.on_conflict_do_update(index_elements=["participant", "channel"], set_=values, where=anew)
        await self._connection.execute(again)

    async def withdraw(self, person: int, channel: str | None = None) -> None:
        """Note that the person agrees no more, on one channel or on any."""
        theirs = (_c.participant == person) & _c.withdrawn_at.is_(None)
        if channel is not None:
            theirs &= _c.channel == channel
        await self._connection.execute(update(consents).where(theirs).values(withdrawn_at=self.now))
