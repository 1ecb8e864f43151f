"""What happens to the store when whoever asked it goes away, as a closed browser does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, event, func, select

from bot.store import Store, open_store
from bot.store.schema.people import participants
from tests.databases import at

NOW = datetime(2021, 10, 18, 2, tzinfo=UTC)


@pytest.fixture
async def memory() -> AsyncIterator[Store]:
    """A store that lives in memory, and would be gone with its connection."""
    store = open_store(None)
    await store.prepare()
    yield store
    await store.close()


async def meet(store: Store, address: str) -> int:
    async with at(store, NOW).writing() as tx:
        return (await tx.people.at("web", address, language="id")).id


async def look(store: Store, person: int) -> None:
    async with store.reading() as tx:
        await tx.people.get(person)
        await tx.outbox.log(10, participant=person)


async def leaves(asking: Coroutine[object, object, object], patience: int) -> None:
    """Give up asking after so many turns of the loop."""
    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(asking)
        for _ in range(patience):
            await asyncio.sleep(0)
        asked.cancel()


@pytest.mark.parametrize("patience", range(12))
async def test_a_reader_who_leaves_takes_nothing_along(memory: Store, patience: int) -> None:
    """Whenever a reader is cancelled, a store in memory still knows everybody."""
    person = await meet(memory, "a")
    await leaves(look(memory, person), patience)
    assert await meet(memory, "a") == person


@pytest.mark.parametrize("patience", range(12))
async def test_a_writer_who_leaves_has_written_all_or_nothing(memory: Store, patience: int) -> None:
    """Whenever a writer is cancelled, whoever was there before is still there, and the next one can write."""
    person = await meet(memory, "a")
    await leaves(meet(memory, "b"), patience)
    assert await meet(memory, "a") == person
    assert await meet(memory, "b") == await meet(memory, "b") != person


async def test_who_leaves_during_the_commit_has_left_and_it_goes_through(sqlite_url: str) -> None:
    """It is heard as nothing else: whoever takes it for an error would begin to try again."""
    store = open_store(sqlite_url)
    asked, loop = asyncio.ensure_future(meet(store, "b")), asyncio.get_running_loop()

    def leave(_connection: Connection) -> None:
        loop.call_soon_threadsafe(asked.cancel)
        while not asked.cancelling():
            time.sleep(0.001)

    event.listen(store._writer.sync_engine, "commit", leave, once=True)
    with pytest.raises(asyncio.CancelledError):
        await asked
    async with store.reading() as tx:
        assert (await tx.connection.execute(select(func.count()).select_from(participants))).scalar_one() == 1
    await store.close()
