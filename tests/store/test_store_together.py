"""Many at once: nobody fails, nothing is taken twice, one person's messages stay in order."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.store import Store, UnitOfWork, open_store
from bot.store.engine import sqlite
from bot.store.schema.people import addresses
from programme.model.deliveries import Claimed, Outcome
from programme.model.dialogues import Dialogue
from programme.model.events import WaveTold
from programme.model.messages import Kind
from tests.databases import at
from tests.store.samples import MINUTE, MONDAY, claim, incoming, meet, owed, settled


@pytest.fixture
async def stores(url: str) -> AsyncIterator[list[Store]]:
    """Three processes' worth of stores over one database."""
    opened = [open_store(url) for _ in range(3)]
    yield opened
    for store in opened:
        await store.close()


async def _all(work: Iterable[Awaitable[object]]) -> None:
    async def run(each: Awaitable[object]) -> None:
        await each

    async with asyncio.TaskGroup() as together:
        for each in work:
            together.create_task(run(each))


async def test_fifty_writers_all_succeed(stores: list[Store]) -> None:
    """Each reads, then writes, in a transaction of its own; none is told that the database is locked."""

    async def write(number: int) -> None:
        async with at(stores[number % 3], MONDAY).writing() as tx:
            person = await tx.people.at("telegram", str(number), language=None)
            await tx.people.save(person.after(WaveTold(21)), [WaveTold(21)])
            await tx.inbox.add(incoming(message=str(number)))

    await _all(write(number) for number in range(50))
    async with stores[0].reading() as tx:
        assert len([person async for person in tx.reminders.everybody(21)]) == 50
        assert len(await tx.inbox.free(but=(), limit=100)) == 50


async def test_a_reader_does_not_wait_for_a_writer(stores: list[Store]) -> None:
    """It sees what was there before."""
    async with stores[0].writing() as writing:
        person = await meet(writing)
        async with asyncio.timeout(60), stores[0].reading() as reading:
            assert await reading.people.get(person) is None


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_writer_who_never_ends_is_told_of_as_a_store_that_cannot_be_reached(
    stores: list[Store], at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite, which has one writer at a time; once that one is done, all is well."""
    if stores[0]._one is None:
        pytest.skip("PostgreSQL has many writers")
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    async with stores[0].writing() as endless:
        person = await meet(endless)
        with pytest.raises(SQLAlchemyError):
            async with stores[1].writing(at_once=at_once):
                pytest.fail("two writers at a time")
    async with stores[1].writing(at_once=at_once) as tx:
        assert await tx.people.get(person)


async def _adrift(tx: UnitOfWork) -> None:
    """Give nobody an address, in a way that only the commit notices."""
    connection = tx.connection
    await connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    nobody = {"participant": 999, "channel": "telegram", "address": "adrift", "heard_at": MONDAY, "reachable": True}
    await connection.execute(insert(addresses).values(nobody))


@pytest.mark.parametrize("at_once", [True, False])
async def test_after_a_commit_that_failed_the_next_transaction_begins_anew(stores: list[Store], at_once: bool) -> None:
    """Nothing of the failed one stays, whoever comes next."""
    if stores[0]._one is None:
        pytest.skip("PostgreSQL ends a transaction whose commit fails")
    for then_at_once in (True, False):
        with pytest.raises(IntegrityError):
            async with stores[0].writing(at_once=at_once) as tx:
                await _adrift(tx)
        async with stores[0].writing(at_once=then_at_once) as tx:
            await meet(tx)
    async with stores[1].reading() as tx:
        found = await tx.connection.execute(select(addresses.c.address))
        assert "adrift" not in found.scalars().all()


@pytest.mark.parametrize("at_once", [True, False])
async def test_what_was_written_before_an_exception_is_undone(stores: list[Store], at_once: bool) -> None:
    """The exception comes out as it is."""
    met = []

    async def stumble() -> None:
        async with stores[0].writing(at_once=at_once) as tx:
            met.append(await meet(tx))
            raise LookupError

    with pytest.raises(LookupError):
        await stumble()
    async with stores[0].writing(at_once=at_once) as tx:
        assert await tx.people.get(met[0]) is None


async def test_two_workers_never_get_the_same_delivery(stores: list[Store]) -> None:
    """Whatever they claim together is everything, once."""
    async with stores[0].writing() as tx:
        person = await meet(tx)
        await tx.outbox.put([owed(person, str(number), Kind.BROADCAST) for number in range(200)])
    taken: list[Claimed] = []

    async def work(store: Store) -> None:
        while True:
            async with store.writing() as tx:
                held = await claim(tx, limit=7)
            if not held:
                return
            taken.extend(held)
            async with store.writing() as tx:
                await tx.outbox.settle([settled(each, Outcome.SENT) for each in held])

    await _all(work(store) for store in [*stores, *stores])
    assert Counter(each.delivery.source for each in taken) == Counter(str(number) for number in range(200))
    async with stores[0].writing() as tx:
        assert await claim(tx, MONDAY + 5 * MINUTE) == []


async def test_a_message_is_taken_once_by_whoever_gets_it_first(stores: list[Store]) -> None:
    """The provider repeats itself to all processes at the same moment."""
    rows: list[int | None] = []

    async def add(store: Store) -> None:
        async with store.writing() as tx:
            rows.append(await tx.inbox.add(incoming()))

    await _all(add(store) for store in [*stores, *stores])
    assert len([row for row in rows if row is not None]) == 1


async def test_a_stranger_is_met_once(stores: list[Store]) -> None:
    """Two first messages at the same moment are of one person."""
    people: list[int] = []

    async def say(store: Store) -> None:
        async with store.writing() as tx:
            people.append(await meet(tx))

    await _all(say(store) for store in [*stores, *stores])
    assert len(set(people)) == 1
    async with stores[0].reading() as tx:
        assert list(await tx.people.many(range(1, 20))) == people[:1]


async def test_one_persons_messages_are_handled_one_after_the_other(stores: list[Store]) -> None:
    """Each sees what the one before it left, so none of the answers is lost."""
    async with stores[0].writing() as tx:
        await tx.dialogues.start(await meet(tx), Dialogue(conversation="count", answers={}))

    async def answer(number: int) -> None:
        async with stores[number % 3].writing() as tx:
            person = await meet(tx)
            told = await tx.dialogues.of(person)
            assert told is not None
            await asyncio.sleep(0)
            answers = {**told.answers, str(number): "ya"}
            await tx.dialogues.save(person, Dialogue(id=told.id, conversation="count", answers=answers))

    await _all(answer(number) for number in range(12))
    async with stores[0].reading() as tx:
        told = await tx.dialogues.of(1)
        assert told is not None
        assert set(told.answers) == {str(number) for number in range(12)}


async def test_due_rows_go_to_one_worker(stores: list[Store]) -> None:
    """Two sweeps at the same moment don't both plan for the same person."""
    async with stores[0].writing() as tx:
        for number in range(10):
            await tx.reminders.set_row(await meet(tx, str(number)), MONDAY)
    seen: list[int] = []

    async def sweep(store: Store) -> None:
        async with at(store, MONDAY).writing() as tx:
            for person, _ in await tx.reminders.due(100):
                seen.append(person.id)
                await tx.reminders.set_row(person.id, None)

    await _all(sweep(store) for store in stores)
    assert sorted(seen) == list(range(1, 11))
