"""What was said on a ticket."""

from __future__ import annotations

from sqlalchemy import select

from bot.store import UnitOfWork
from bot.store.repositories.ticket_entries import entry_from
from bot.store.schema.helpdesk import ticket_entries
from programme.model.tickets import Entry


async def entries_of(tx: UnitOfWork, ticket: int) -> list[Entry]:
    """Return all entries of a ticket, oldest first, whether the staff were shown them or not."""
    chosen = select(ticket_entries).where(ticket_entries.c.ticket == ticket).order_by(ticket_entries.c.id)
    return [entry_from(row) for row in await tx.connection.execute(chosen)]
