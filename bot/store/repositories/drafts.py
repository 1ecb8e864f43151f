"""Drafts: what an agent has written on a ticket and not sent, so that no restart and no colleague loses it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.console import console_drafts
from bot.store.schema.helpdesk import tickets

_d = console_drafts.c


class Drafts(Repository):
    """Repository of drafts, one an agent and ticket."""

    async def keep(self, ticket: int, who: str, text: str) -> None:
        """Keep a draft; an empty one is dropped."""
        if not text.strip():
            await self._connection.execute(delete(console_drafts).where(_d.ticket == ticket, _d.who == who))
            return
        person = select(tickets.c.participant).where(tickets.c.id == ticket).scalar_subquery()
        adding = insert_into(self._connection, console_drafts).values(
            participant=person, ticket=ticket, who=who, text=text, at=self.now
        )
        written = {"text": text, "at": self.now}
        await self._connection.execute(adding.on_conflict_do_update(index_elements=["ticket", "who"], set_=written))

    async def of(self, ticket: int, who: str) -> str:
        """Return a draft; empty where there is none."""
        found = await self._connection.execute(select(_d.text).where(_d.ticket == ticket, _d.who == who))
        text: str = found.scalar() or ""
        return text

    async def on(self, tickets: Collection[int]) -> frozenset[tuple[int, str]]:
        """Return who has a draft on which of these tickets."""
        found = await self._connection.execute(select(_d.ticket, _d.who).where(_d.ticket.in_(tickets)))
        return frozenset((row.ticket, row.who) for row in found)

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next `few` drafts that nobody went on with since then; return how many."""
        old = select(_d.id).where(_d.at < before).order_by(_d.id).limit(few)
        return (await self._connection.execute(delete(console_drafts).where(_d.id.in_(old)))).rowcount
