"""What came in: kept before it is acknowledged, applied once, and forgotten as soon as it is handled."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.codec import incoming_from, incoming_to
from bot.store.tables import inbox
from bot.store.upserts import insert_into
from programme.messages import Incoming


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A message that waits. Its `incoming.phone` is always None; a shared number is here as its hash."""

    id: int
    incoming: Incoming
    phone_hash: str | None = None


_CLEARED = {"channel": None, "address": None, "content": None, "phone_hash": None}


class Inbox:
    """The verbs on messages that came in."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, incoming: Incoming, *, phone_hash: str | None = None) -> int | None:
        """Keep a message and return its row; None where the channel delivered it before."""
        insert = insert_into(self._connection, inbox).values(
            digest=_digest(incoming),
            channel=incoming.channel,
            address=incoming.address,
            content=incoming_to(incoming),
            phone_hash=phone_hash,
            at=incoming.at,
        )
        added = await self._connection.execute(insert.on_conflict_do_nothing().returning(inbox.c.id))
        row_id: int | None = added.scalar_one_or_none()
        return row_id

    async def first_of_album(self, incoming: Incoming, now: datetime) -> bool:
        """Tell whether no other picture of the same album was here before."""
        insert = insert_into(self._connection, inbox).values(
            digest=_digest(replace(incoming, id=f"album:{incoming.album}")), at=incoming.at, handled_at=now
        )
        added = await self._connection.execute(insert.on_conflict_do_nothing().returning(inbox.c.id))
        return added.first() is not None

    async def unhandled(self, limit: int) -> list[InboxRow]:
        """Return the messages that wait, oldest first."""
        rows = await self._connection.execute(
            select(inbox.c.id, inbox.c.content, inbox.c.phone_hash)
            .where(inbox.c.handled_at.is_(None))
            .order_by(inbox.c.id)
            .limit(limit)
        )
        return [InboxRow(row.id, incoming_from(row.content), row.phone_hash) for row in rows]

    async def handled(self, row_id: int, at: datetime) -> bool:
        """Let go of a message's words and sender; what stays tells only that it was seen.

        False means that somebody else handled it meanwhile: roll back, nothing is to be applied.
        """
        done = await self._connection.execute(
            update(inbox).where(inbox.c.id == row_id, inbox.c.handled_at.is_(None)).values(handled_at=at, **_CLEARED)
        )
        return done.rowcount == 1

    async def prune(self, before: datetime) -> int:
        """Drop the traces of messages handled before `before`; providers repeat for days, not months."""
        dropped = await self._connection.execute(delete(inbox).where(inbox.c.handled_at < before))
        return dropped.rowcount


def _digest(incoming: Incoming) -> bytes:
    """Name a message without telling anything: WhatsApp's ids have the sender's number in them."""
    return hashlib.sha256(f"{incoming.channel}\0{incoming.id}".encode()).digest()
