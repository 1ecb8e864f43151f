"""How long what the console keeps is kept, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from bot.app.retention import Retention
from bot.store import Store
from bot.store.delivery_queue.states import State
from bot.store.repositories.inbox_list import Pile, Wanted
from bot.store.schema.console import console_drafts, console_links, console_sessions, console_undo
from programme.model.messages import Kind
from programme.model.phones import NumberHash
from programme.model.staff import LINK_LASTS, Role, StaffMember
from programme.model.tickets import Ticket
from tests.databases import MONDAY, at
from tests.store.samples import meet, owed

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
        assert await tx.drafts.on([ticket.id]) == frozenset()


async def test_what_is_owed_is_held_back_whole_or_not_at_all(store: Store) -> None:
    """As long as no worker holds any of it, all of it is cancelled; else nothing is."""
    async with store.writing() as tx:
        person = await meet(tx, "siti")
        for source in ("ticket/1/7", "ticket/1/7/1", "ticket/1/70", "ticket/1/8"):
            await tx.outbox.put([owed(person, source, Kind.STAFF, due_at=tx.now + timedelta(seconds=10))])
    async with store.writing() as tx:
        assert await tx.undos.hold_back(person, "ticket/1/7")
    later = at(store, MONDAY + timedelta(seconds=10))
    async with later.writing() as tx:
        [one, *_rest] = await tx.outbox.claim(limit=9, lease=timedelta(minutes=1))
        assert {each.delivery.source for each in (one, *_rest)} == {"ticket/1/70", "ticket/1/8"}
        assert not await tx.undos.hold_back(person, "ticket/1/8")
        assert [entry.state for entry in await tx.outbox.log(9, person)].count(State.CANCELLED) == 2


async def test_a_press_is_undone_once_by_whoever_pressed(store: Store) -> None:
    """Nobody else's press, and no second time; a month later nothing is left of it."""
    async with store.writing() as tx:
        person = await meet(tx, "siti")
        ticket = await tx.tickets.open(
            Ticket(id=0, participant=person, about="other", opened_at=tx.now, queued_at=tx.now)
        )
        values = {"participant": person, "ticket": ticket.id, "source": None, "entry": None, "words": "Halo"}
        await tx.undos.remember(
            **values,
            batch="b",
            who=BUDI.who,
            act="jawab",
            until=tx.now + timedelta(seconds=10),
            changed={"owner": [1, 2]},
        )
    async with store.writing() as tx:
        assert await tx.undos.open_of("telegram:502") is None
        assert await tx.undos.take("b", "telegram:502") == []
        assert (await tx.undos.open_of(BUDI.who) or ("",))[0] == "b"
        assert [one.changed for one in await tx.undos.take("b", BUDI.who)] == [{"owner": [1, 2]}]
        assert await tx.undos.take("b", BUDI.who) == []
        assert await tx.undos.open_of(BUDI.who) is None
    await Retention(at(store, MONDAY + timedelta(days=31))).drop()
    async with store.reading() as tx:
        assert (await tx.connection.execute(select(func.count()).select_from(console_undo))).scalar_one() == 0


async def test_the_list_is_narrowed_on_both_databases(store: Store) -> None:
    """By a label that is a whole word, by what is put off, and by the hashes of a number."""
    async with store.writing() as tx:
        person = await meet(tx, "siti")
        await tx.people.join(NumberHash("1:abc"), person)
        fresh = Ticket(id=0, participant=person, about="other", opened_at=tx.now, queued_at=tx.now)
        one = await tx.tickets.open(replace(fresh, labels=" ovo tokopedia "))
        two = await tx.tickets.open(replace(fresh, labels=" tokopedia-lama ", put_off_to=tx.now + timedelta(hours=1)))
    async with store.reading() as tx:

        async def found(wanted: Wanted) -> list[int]:
            return [each.id for each in (await tx.inbox_list.page(wanted, 9))[0]]

        assert await found(Wanted(pile=Pile.OPEN, label="tokopedia")) == [one.id]
        assert await found(Wanted(pile=Pile.PUT_OFF)) == [two.id]
        assert await found(Wanted()) == [one.id]
        assert await found(Wanted(pile=Pile.CLOSED, of=("1:abc",))) == [two.id, one.id], "newest first"
        assert await tx.inbox_list.labels() == ["ovo", "tokopedia", "tokopedia-lama"]
    async with at(store, MONDAY + timedelta(hours=1)).reading() as tx:
        assert len((await tx.inbox_list.page(Wanted(), 9))[0]) == 2
