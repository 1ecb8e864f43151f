"""How long what the console keeps is kept, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from bot.app.retention import Retention
from bot.store import Store
from bot.store.schema.tables import console_drafts, console_links, console_sessions
from programme.model.staff import LINK_LASTS, Role, StaffMember
from programme.model.tickets import Ticket
from tests.databases import MONDAY, at
from tests.store.samples import meet

BUDI = StaffMember(channel="telegram", address="501", role=Role.AGENT, name="Budi")


async def test_drafts_and_sessions_go_after_thirty_days(store: Store) -> None:
    """A draft that nobody went on with, a link and a session that ran out: gone a month later, not before."""
    async with store.writing() as tx:
        await tx.staff.put(BUDI)
        person = await meet(tx, "siti")
        ticket = await tx.tickets.open(
            Ticket(id=0, participant=person, about="other", opened_at=tx.now, queued_at=tx.now)
        )
        await tx.drafts.keep(ticket.id, BUDI.who, "Halo kak")
        code = await tx.doors.link(BUDI, BUDI.who, LINK_LASTS)
        assert code is not None
        assert await tx.doors.enter(code, timedelta(hours=12)) is not None
    for days, left in ((29, 1), (31, 0)):
        await Retention(at(store, MONDAY + timedelta(days=days))).drop()
        async with store.reading() as tx:
            for table in (console_drafts, console_links, console_sessions):
                counted = await tx.connection.execute(select(func.count()).select_from(table))
                assert counted.scalar_one() == left, (table.name, days)


async def test_a_draft_that_is_emptied_is_gone(store: Store) -> None:
    """One an agent and ticket: written anew, and dropped with its last letter."""
    async with store.writing() as tx:
        person = await meet(tx, "siti")
        ticket = await tx.tickets.open(
            Ticket(id=0, participant=person, about="other", opened_at=tx.now, queued_at=tx.now)
        )
        for words in ("Halo", "Halo kak", "  "):
            await tx.drafts.keep(ticket.id, BUDI.who, words)
            assert await tx.drafts.of(ticket.id, BUDI.who) == words.strip()
        assert await tx.drafts.on([ticket.id], BUDI.who) == frozenset()
