"""A store that is away is told from one that does not understand us; and no error shows what somebody wrote."""

from __future__ import annotations

import os
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Executable, event, insert, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.store import Store, open_store
from bot.store.engine.engines import FREE_SINCE, IDLE, database, writer
from bot.store.schema.people import addresses
from bot.store.unavailable import NotOnDisk, is_away, words_of
from tests.store.samples import MONDAY, meet

Trouble = Callable[[Path], None]
MISTAKES = [
    "SELECT nothing FROM participants",
    "SELEC",
    "INSERT INTO participants (id) VALUES (NULL)",
    "SELECT * FROM nowhere",
]


def _locked(path: Path) -> None:
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(path, timeout=0)) as other:
        one.execute("BEGIN EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")


def _read_only(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute("CREATE TABLE more (x)")


def _full(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA max_page_count=1")
        connection.execute("CREATE TABLE more AS SELECT randomblob(1000000)")


def _nowhere(path: Path) -> None:
    sqlite3.connect(path / "missing" / "sobat.db")


def _too_many(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"SELECT {'?,' * 300_000} 1", [1] * 300_000)


def _met(trouble: Trouble, path: Path) -> BaseException:
    with pytest.raises(sqlite3.Error) as met:
        trouble(path)
    return DBAPIError.instance("BEGIN", (), met.value, sqlite3.Error, hide_parameters=True)


@pytest.mark.parametrize("trouble", [_locked, _read_only, _full, _nowhere])
def test_a_file_that_is_locked_full_or_gone_is_away(trouble: Trouble, tmp_path: Path) -> None:
    error = _met(trouble, tmp_path / "sobat.db")
    assert is_away(error)
    assert words_of(error).startswith("OperationalError: ")


def test_too_many_parameters_are_a_mistake_of_ours(tmp_path: Path) -> None:
    assert not is_away(_met(_too_many, tmp_path / "sobat.db"))


@pytest.mark.parametrize("statement", MISTAKES)
async def test_a_statement_that_is_wrong_stays_wrong(store: Store, statement: str) -> None:
    with pytest.raises(DBAPIError) as met:
        async with store.writing() as tx:
            await tx.connection.execute(text(statement))
    assert not is_away(met.value)


@pytest.mark.parametrize("error", [FileNotFoundError("wave.png"), TimeoutError(), ConnectionResetError("peer")])
def test_what_happens_elsewhere_is_no_outage_of_the_store(error: Exception) -> None:
    assert not is_away(error)


async def test_a_log_that_can_not_be_forced_onto_the_disk_is_away(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    async with store.writing() as tx:
        await meet(tx)
    os.unlink(f"{make_url(sqlite_url).database}-wal")  # noqa: PTH108 - one quick call
    with pytest.raises(NotOnDisk) as met:
        await store.safe()
    assert is_away(met.value)
    assert "No such file" in words_of(met.value)
    await store.close()


async def test_nobody_at_the_address_is_away() -> None:
    store = open_store("postgresql://sobat@127.0.0.1:1/sobat")
    with pytest.raises(DBAPIError) as met:
        async with store.reading():
            pass
    assert is_away(met.value)
    assert "connection" in words_of(met.value)
    await store.close()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "SET LOCAL statement_timeout = 1; SELECT pg_sleep(9)",
        "SET TRANSACTION READ ONLY; INSERT INTO participants (language) VALUES ('id')",
    ],
)
async def test_a_server_that_stops_hangs_or_only_reads_is_away(postgres_url: str, statement: str) -> None:
    store = open_store(postgres_url)
    with pytest.raises(DBAPIError) as met:
        async with store.writing() as tx:
            await tx.connection.exec_driver_sql(statement)
    assert is_away(met.value)
    assert ": " in words_of(met.value)
    await store.close()


_CUT = """
SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def _cut_in_use(store: Store, address: str) -> None:
    async with store.writing() as tx:
        await tx.touch()
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as other:
            other.execute(_CUT)
        await tx.touch()


def _long_unused(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[FREE_SINCE] -= 2 * IDLE


@pytest.mark.postgres
async def test_a_connection_that_was_cut_while_nobody_used_it_is_replaced_unnoticed(postgres_url: str) -> None:
    engine = writer(database(postgres_url))
    event.listen(engine.sync_engine.pool, "checkin", _long_unused)
    async with engine.begin() as first, engine.begin() as second:
        cut = [(await each.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one() for each in (first, second)]
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
        for pid in cut:
            other.execute("SELECT pg_terminate_backend(%s, 30000)", [pid])
    for _ in range(2):
        async with engine.begin() as connection:
            assert (await connection.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one() not in cut
    await engine.dispose()


@pytest.mark.postgres
async def test_one_that_was_cut_in_use_is_away_once_and_the_others_are_replaced(postgres_url: str) -> None:
    store = open_store(postgres_url)
    async with store.writing() as first, store.writing() as second:
        await first.touch()
        await second.touch()
    with pytest.raises(DBAPIError) as met:
        await _cut_in_use(store, postgres_url)
    assert is_away(met.value)
    async with store.writing() as tx:
        await tx.touch()
    await store.close()


@pytest.mark.postgres
async def test_too_many_parameters_are_a_mistake_of_ours_for_a_server_too(postgres_url: str) -> None:
    store = open_store(postgres_url)
    many = {f"p{number}": 1 for number in range(70_000)}
    statement = f"SELECT 1 IN ({', '.join(f'%({name})s' for name in many)})"
    with pytest.raises(DBAPIError) as met:
        async with store.writing() as tx:
            await tx.connection.exec_driver_sql(statement, many)
    assert isinstance(met.value.orig, psycopg.Error)
    assert not is_away(met.value)
    await store.close()


async def _told_in_full(store: Store, wrong: Executable, said: dict[str, str]) -> str:
    with pytest.raises(DBAPIError) as met:
        async with store.writing() as tx:
            await tx.connection.execute(wrong, said)
    return "".join(traceback.format_exception(met.value))


async def test_an_error_told_in_full_does_not_show_the_row(store: Store) -> None:
    async with store.writing() as tx:
        person = await meet(tx, "0812-3456")
    row = {"participant": person, "channel": "telegram", "address": "0812-3456", "heard_at": MONDAY, "reachable": True}
    told = await _told_in_full(store, insert(addresses).values(row), {})
    assert "unique" in told.lower()
    assert "3456" not in told


@pytest.mark.postgres
async def test_nor_a_value_that_a_server_can_not_read(postgres_url: str) -> None:
    store = open_store(postgres_url)
    told = await _told_in_full(store, text("SELECT CAST(:said AS integer)"), {"said": "0812-3456"})
    assert "invalid input syntax for type integer" in told
    assert "3456" not in told
    await store.close()
