"""What was committed can be forced onto the disk, and the log does not grow for ever."""

import asyncio
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.engine import disk, write_ahead_log
from bot.store.engine.write_ahead_log import WriteAheadLog
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
    async with asyncio.timeout(60):
        while not _people_in_the_file_alone(path):  # noqa: ASYNC110 - a thread does it, and tells nobody
            await asyncio.sleep(0)
    await store.close()


async def test_the_log_is_begun_anew_by_whoever_carries_it_over(sqlite_url: str) -> None:
    """To begin it anew is to wait for the disk: a person's commit comes to a log that was begun already."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store, log = open_store(sqlite_url), WriteAheadLog(str(path))
    await _say(store, 1)
    before = _name_of_the_log(path)
    assert log.carry_over(empty=False) == 0
    begun = _name_of_the_log(path)
    assert begun != before
    await _say(store, 2)
    assert _name_of_the_log(path) == begun
    log.close()
    await store.close()


async def test_a_long_log_is_emptied_a_step_at_a_time(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can write while it is cut: by a step that is a matter of milliseconds."""
    monkeypatch.setattr(write_ahead_log, "STEP", step := 40_000)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store, log = open_store(sqlite_url), WriteAheadLog(str(path))
    async with store.writing() as tx:
        for number in range(1000):
            await tx.inbox.add(incoming("Momoijo", message=str(number)))
    sizes = [len(_log_of(path))]
    assert sizes[0] > 5 * step
    while not log.is_empty:
        assert log.carry_over(empty=True) == 0
        sizes.append(len(_log_of(path)))
    assert max(longer - shorter for longer, shorter in pairwise(sizes)) <= step
    assert b"Momoijo" not in _log_of(path)
    log.close()
    await store.close()


async def test_whoever_writes_is_not_waited_for_by_the_log(sqlite_url: str) -> None:
    """It is carried over all the same, and begun anew at another time."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store, log = open_store(sqlite_url), WriteAheadLog(str(path))
    async with store.writing() as tx:
        await meet(tx)
    async with store.writing() as tx:
        await tx.inbox.add(incoming(message="1"))
        before = _name_of_the_log(path)
        assert log.carry_over(empty=True) > 0
        assert _people_in_the_file_alone(path) == 1
    assert _name_of_the_log(path) == before
    assert log.carry_over(empty=True) == 0
    log.close()
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


def _name_of_the_log(path: Path) -> bytes:
    """Return what SQLite marks a log with, and each page in it: it changes with every beginning."""
    return _log_of(path)[16:24]


def _log_of(path: Path) -> bytes:
    return Path(f"{path}-wal").read_bytes()


def _people_in_the_file_alone(path: Path) -> int:
    """Read the file without its log."""
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM participants").fetchone()[0])


async def test_a_disk_that_stays_full_does_not_fill_the_log(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried every second, and told of now and then."""
    store = open_store(sqlite_url)
    await _say(store, 1)

    def full(*_: object, **__: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(WriteAheadLog, "carry_over", full)
    for _ in range(5):
        await store._disk.carried_over()
    assert caplog.text.count("could not be carried over") == 1
    monkeypatch.undo()
    await store.close()
