"""What was committed can be forced onto the disk, and the log does not grow for ever."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.engine import disk
from tests.store.samples import incoming, meet


async def _say(store: Store, number: int) -> None:
    async with store.writing(at_once=True) as tx:
        await tx.inbox.add(incoming(message=str(number)))


async def test_many_who_wait_for_the_disk_are_let_go_together(sqlite_url: str) -> None:
    """Each returns; so it is in memory and on PostgreSQL, where there is nothing to wait for."""
    for url in (sqlite_url, None):
        store = open_store(url)
        await store.prepare()
        await store.safe()
        await asyncio.gather(*(_say(store, number) for number in range(20)))
        await asyncio.gather(*(store.safe() for _ in range(20)))
        await store.close()


async def test_the_log_is_carried_over_without_anybody_asking(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Soon after a commit, the file itself holds what was written, the log apart."""
    monkeypatch.setattr(disk, "EVERY", 0.0)
    store = open_store(sqlite_url)
    async with store.writing() as tx:
        await meet(tx)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    async with asyncio.timeout(10):
        while not _people_in_the_file_alone(path):  # noqa: ASYNC110 - a thread does it, and tells nobody
            await asyncio.sleep(0)
    await store.close()


async def test_what_is_to_be_wiped_goes_from_the_log_while_others_write(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction that is open meanwhile is not disturbed, and ends as it would have."""
    monkeypatch.setattr(disk, "EVERY", 0.0)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store = open_store(sqlite_url)
    async with store.writing() as tx:
        for number in range(1000):
            await tx.inbox.add(incoming("Momoijo", message=str(number)))
    assert b"Momoijo" in _log_of(path)
    async with store.writing() as tx:
        store.wipe()
        await tx.inbox.add(incoming(message="last"))
    async with asyncio.timeout(10):
        while b"Momoijo" in _log_of(path):  # noqa: ASYNC110 - a thread does it, and tells nobody
            await asyncio.sleep(0)
    async with store.reading() as tx:
        assert len(await tx.inbox.free(but=(), limit=2000)) == 1001
    await store.close()


async def test_a_long_log_is_cut_even_while_somebody_writes_on_and_on(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many pages at most stay in it, however few moments there are without a writer."""
    monkeypatch.setattr(disk, "EVERY", 0.0)
    monkeypatch.setattr(disk, "LONG", 20)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store = open_store(sqlite_url)
    await _say(store, 0)
    number = before = 0
    async with asyncio.timeout(20):
        while len(_log_of(path)) >= before:
            before = len(_log_of(path))
            await _say(store, number := number + 1)
            await asyncio.sleep(0)
    await store.close()


async def test_a_statement_that_is_cancelled_leaves_the_connection_in_order(sqlite_url: str) -> None:
    """What runs in a thread is stopped and rolled back before anybody else writes."""
    store = open_store(sqlite_url)
    reached = asyncio.Event()

    async def long() -> None:
        async with store.writing() as tx:
            await meet(tx)
            reached.set()
            endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
            await tx.connection.exec_driver_sql(endless)

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(long())
        await reached.wait()
        waiting.cancel()
    await _say(store, 1)
    async with store.reading() as tx:
        assert await tx.people.get(1) is None
        assert len(await tx.inbox.free(but=(), limit=5)) == 1
    await store.close()


async def test_another_process_that_writes_is_waited_for_without_holding_up_the_loop(sqlite_url: str) -> None:
    """A turn begins as soon as the other transaction ends."""
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store = open_store(sqlite_url)
    async with asyncio.TaskGroup() as tasks:
        saying = tasks.create_task(_say(store, 1))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not saying.done()
        other.execute("COMMIT")
    other.close()
    await store.close()


def _log_of(path: Path) -> bytes:
    return Path(f"{path}-wal").read_bytes()


def _people_in_the_file_alone(path: Path) -> int:
    """Read the file without its log."""
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM participants").fetchone()[0])
