"""A full disk and a lock are told of, though everything can still be read."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from bot.app.write_probe import LITTLE, NONE, WriteProbe
from bot.store import Store, open_store
from bot.store.engine import sqlite
from tests.store.samples import meet


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sobat.db"


@pytest_asyncio.fixture
async def served(file: Path) -> AsyncIterator[Store]:
    store = open_store(f"sqlite:///{file}")
    await store.prepare()
    yield store
    await store.close()


def probe_of(store: Store, free: int = LITTLE) -> WriteProbe:
    return WriteProbe(store, free=lambda _path: free)


async def test_nothing_is_wrong_where_something_can_be_written(served: Store) -> None:
    probe = probe_of(served)
    await probe.ask()
    assert (probe.is_stuck, probe.wrong) == (False, [])


@pytest.mark.postgres
async def test_a_lock_on_postgresql_is_told_of_too(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    """As of a shell that forgot its COMMIT: the probe's own change goes through, another one waits."""
    store = open_store(postgres_url)
    probe, stop = probe_of(store), asyncio.Event()
    async with await psycopg.AsyncConnection.connect(postgres_url.replace("+psycopg", "")) as shell:
        await shell.execute("LOCK TABLE participants")

        async def writes() -> None:
            async with store.writing() as tx:
                await meet(tx)

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(writes())
            probe.long = 0.05
            tasks.create_task(probe.run(stop, every=0.02))
            while "a change waits for the database" not in caplog.text:  # noqa: ASYNC110 - the log is the event
                await asyncio.sleep(0.01)
            assert probe.is_stuck
            await shell.rollback()
            while probe.is_stuck:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            stop.set()
    await store.close()


@pytest.mark.parametrize(("free", "stuck", "part"), [(NONE - 1, True, "is full"), (NONE, False, "only 1 MB")])
async def test_a_disk_that_fills_up_is_told_of(served: Store, free: int, stuck: bool, part: str) -> None:
    probe = probe_of(served, free)
    await probe.ask()
    assert probe.is_stuck is stuck
    assert [part in line for line in probe.wrong] == [True]


async def test_a_change_that_found_no_room_is_remembered(served: Store) -> None:
    """The probe's own small change may find some."""
    probe = probe_of(served)
    with pytest.raises(Exception, match="full"):  # noqa: PT012 - the limit is one of the connection
        async with served.writing() as tx:
            await tx.connection.exec_driver_sql("PRAGMA max_page_count = 1")
            for number in range(500):
                await meet(tx, f"person {number}")
    await probe.ask()
    assert probe.is_stuck
    assert "the disk is full" in probe.wrong[0]


async def test_a_lock_that_somebody_else_holds_is_told_of_after_a_while(
    served: Store, file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once in the log for each change that waits, and in what /healthz says, until it is over."""
    caplog.set_level(logging.WARNING)
    monkeypatch.setattr(sqlite, "TOLD_AFTER", 0.05)
    now = 0.0
    probe = WriteProbe(served, now=lambda: now, free=lambda _path: LITTLE)
    with closing(sqlite3.connect(file, isolation_level=None)) as shell:
        shell.execute("BEGIN IMMEDIATE")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(probe.ask())
            while "has held the database" not in caplog.text:  # noqa: ASYNC110 - the log is the event
                await asyncio.sleep(0.01)
            now = 6.0
            assert probe.is_stuck
            assert "since 6 s" in probe.wrong[0]
            shell.execute("ROLLBACK")
    assert (probe.is_stuck, probe.wrong) == (False, [])
    assert caplog.text.count("has held the database") == 1
