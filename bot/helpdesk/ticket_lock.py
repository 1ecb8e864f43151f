"""Ticket lock: changes one ticket under its locks, and owes its person what follows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.store import Store, UnitOfWork
from bot.store.repositories.tickets import Overtaken
from programme.model.deliveries import Claimed, Delivery
from programme.model.messages import Kind, Message
from programme.model.tickets import Ticket

T = TypeVar("T")

LEASE = timedelta(seconds=60)
"""How long a message to a person is ours to send before another worker may take it over."""

_TRIES = 5
Send = Callable[[Sequence[Claimed]], Awaitable[None]]
"""Sends deliveries at once that are claimed already."""

Shown = tuple[str, str, str]
"""Channel, address and id of what a person sees."""

Change = Callable[[UnitOfWork, Ticket], Awaitable[Sequence[Claimed] | None]]
"""Changes a locked ticket; returns what goes out at once, None where there was nothing to change."""


async def unless_overtaken(change: Callable[[], Awaitable[T]]) -> T:
    """Do it, and do it anew where somebody else changed the ticket since it was read."""
    for _ in range(_TRIES - 1):
        with suppress(Overtaken):
            return await change()
    return await change()


@dataclass(frozen=True, slots=True)
class TicketLock:
    """Locks the person first, as everybody does, then the ticket."""

    store: Store
    send: Send

    async def change(self, number: int, change: Change) -> int:
        """Change one ticket in a transaction of its own; return 1 where there was anything to change."""
        claimed = await unless_overtaken(lambda: self._changed(number, change))
        if claimed is None:
            return 0
        await self.send(claimed)
        return 1

    async def _changed(self, number: int, change: Change) -> Sequence[Claimed] | None:
        async with self.store.writing() as tx:
            found = await tx.tickets.get(number)
            if found is None:
                return None
            await tx.people.lock(found.participant)
            ticket = await tx.tickets.get(number, lock=True)
            return await change(tx, ticket) if ticket else None


async def owe(
    tx: UnitOfWork,
    ticket: Ticket,
    source: str,
    words: Sequence[Message],
    instead_of: Shown | None = None,
    *,
    held_back: timedelta | None = None,
) -> Sequence[Claimed]:
    """Owe the person of a ticket some words, once for each `source`, and hold them to be sent at once.

    They name no place, but where they stand `instead_of` others: so they go where the person wrote last, on whichever
    messenger, for that is where they look for them. Words that wait there for the person to write go to wherever they
    do (`bot.inbound.addresses.released`).
    What may still be undone is `held_back` for so long: a worker takes it then.
    """
    channel, address, edits = instead_of or (None, None, None)
    owed = [
        Delivery(
            participant=ticket.participant,
            source=source if place == 0 else f"{source}/{place}",
            kind=Kind.STAFF,
            due_at=tx.now + (held_back or timedelta()),
            message=message,
            channel=channel,
            address=address,
            edits=edits,
        )
        for place, message in enumerate(words)
    ]
    if held_back is not None:
        await tx.outbox.put(owed)
        return ()
    return await tx.outbox.put_claimed(owed, lease=LEASE)
