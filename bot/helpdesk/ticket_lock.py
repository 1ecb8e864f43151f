"""Ticket lock: changes one ticket under its locks, and owes its person what follows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.helpdesk.agent_inbox import LEASE
from bot.store import Store, UnitOfWork
from bot.store.repositories.tickets import Overtaken
from programme.model.deliveries import Claimed, Delivery
from programme.model.messages import Kind, Message
from programme.model.tickets import Ticket

_TRIES = 5
Send = Callable[[Sequence[Claimed]], Awaitable[None]]
"""Sends deliveries at once that are claimed already."""

Change = Callable[[UnitOfWork, Ticket], Awaitable[Sequence[Claimed] | None]]
"""Changes a locked ticket; returns what goes out at once, None where there was nothing to change."""


@dataclass(frozen=True, slots=True)
class TicketLock:
    """Locks the person first, as everybody does, then the ticket."""

    store: Store
    send: Send

    async def change(self, number: int, change: Change) -> int:
        """Change one ticket in a transaction of its own; return 1 where there was anything to change."""
        for attempt in range(_TRIES):
            try:
                claimed = await self._changed(number, change)
            except Overtaken:
                if attempt == _TRIES - 1:
                    raise
                continue
            if claimed is None:
                return 0
            await self.send(claimed)
            return 1
        return 0

    async def _changed(self, number: int, change: Change) -> Sequence[Claimed] | None:
        async with self.store.writing() as tx:
            found = await tx.tickets.get(number)
            if found is None:
                return None
            await tx.people.lock(found.participant)
            ticket = await tx.tickets.get(number, lock=True)
            return await change(tx, ticket) if ticket else None


async def owe(tx: UnitOfWork, ticket: Ticket, source: str, words: Sequence[Message]) -> Sequence[Claimed]:
    """Owe the person of a ticket some words, once for each `source`, and hold them to be sent at once."""
    owed = [
        Delivery(
            participant=ticket.participant,
            source=source if place == 0 else f"{source}/{place}",
            kind=Kind.STAFF,
            due_at=tx.now,
            message=message,
        )
        for place, message in enumerate(words)
    ]
    return await tx.outbox.put_claimed(owed, lease=LEASE)
