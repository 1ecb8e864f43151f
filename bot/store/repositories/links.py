"""Codes that link two places of one person: kept as digests, used once, tried a few times at most."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import delete, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.leaving import forget
from bot.store.repositories.repository import Repository
from bot.store.schema.helpdesk import ticket_entries, tickets, uploads
from bot.store.schema.people import addresses, chat_posts, link_codes, link_tries
from bot.store.schema.traffic import deliveries
from programme.model.linking import LASTS, MOST_WRONG, PAUSE


class Links(Repository):
    """Repository of codes and on places."""

    async def show(self, code: str, person: int) -> None:
        """Keep a code that the person is shown, in place of the one before."""
        values = {"digest": _digest(code), "expires_at": self.now + LASTS}
        adding = insert_into(self._connection, link_codes).values(participant=person, **values)
        await self._connection.execute(adding.on_conflict_do_update(index_elements=["participant"], set_=values))

    async def use(self, code: str) -> int | None:
        """Use a code up; return who was shown it, None where it is none, was used, or ran out."""
        fresh = (link_codes.c.digest == _digest(code)) & (link_codes.c.expires_at > self.now)
        used = await self._connection.execute(delete(link_codes).where(fresh).returning(link_codes.c.participant))
        person: int | None = used.scalar_one_or_none()
        return person

    async def tried_too_often(self, person: int) -> bool:
        """Tell whether so many wrong codes came from here of late that no more is looked at."""
        t = link_tries.c
        lately = (t.participant == person) & (t.since > self.now - PAUSE)
        wrong = (await self._connection.execute(select(t.wrong).where(lately))).scalar()
        return wrong is not None and wrong >= MOST_WRONG

    async def note_wrong(self, person: int) -> None:
        """Count a wrong code; the pause begins with the first."""
        over = (link_tries.c.participant == person) & (link_tries.c.since <= self.now - PAUSE)
        await self._connection.execute(delete(link_tries).where(over))
        adding = insert_into(self._connection, link_tries).values(participant=person, wrong=1, since=self.now)
        once_more = {"wrong": link_tries.c.wrong + 1}
        await self._connection.execute(adding.on_conflict_do_update(index_elements=["participant"], set_=once_more))

    async def move(self, channel: str, address: str, stranger: int, person: int) -> None:
        """Make a place the person's.

        Of who was known there before, only the chat, complaints and their pictures come along, with the answers to
        these: one may wait for the person to write.
        """
        here = (addresses.c.channel == channel) & (addresses.c.address == address)
        await self._connection.execute(update(addresses).where(here).values(participant=person))
        for table in (chat_posts, tickets, ticket_entries, uploads):
            theirs = update(table).where(table.c.participant == stranger)
            await self._connection.execute(theirs.values(participant=person))
        answers = (deliveries.c.participant == stranger) & deliveries.c.source.startswith("ticket/")
        await self._connection.execute(update(deliveries).where(answers).values(participant=person))
        await forget(self._connection, stranger)

    async def let_go(self, person: int, channels: Collection[str]) -> list[tuple[str, str]]:
        """Take away the person's places on these channels; return them."""
        theirs = (addresses.c.participant == person) & addresses.c.channel.in_(channels)
        gone = delete(addresses).where(theirs).returning(addresses.c.channel, addresses.c.address)
        return [(row.channel, row.address) for row in await self._connection.execute(gone)]


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
