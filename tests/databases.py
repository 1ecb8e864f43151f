"""One store, two databases: every test that takes `store` is a contract for both of them."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from bot.store import Store, UnitOfWork, open_store
from bot.store.engine import migrate
from bot.store.engine.engines import database
from bot.store.schema.conventions import metadata
from programme.model.clock import SetClock
from tests.postgres import new_database, postgres

POSTGRES = "SOBAT_TEST_POSTGRES"
"""The environment's word for the folder of the PostgreSQL that all workers of a run share."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL: `TEST_DATABASE_URL`, or one from a wheel."""
    with postgres(Path(os.environ[POSTGRES])) as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("store") / "template.db"
    asyncio.run(migrate.upgrade(database(f"sqlite:///{path}")))
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite file of the test's own."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'sobat.db')}"


@pytest.fixture(scope="session")
def postgres_migrated(postgres_server: str) -> Iterator[str]:
    """A PostgreSQL database of this test run's own, with its tables."""
    with new_database(postgres_server, f"sobat_test_{os.getpid()}") as address:
        asyncio.run(migrate.upgrade(database(address)))
        yield address
        _emptying(address).close()


@pytest.fixture
def postgres_url(postgres_migrated: str) -> str:
    """A migrated PostgreSQL database without a row."""
    empty_postgres(postgres_migrated)
    return postgres_migrated


def empty_postgres(address: str) -> None:
    """Delete every row and begin every sequence anew: TRUNCATE would make two files a table, in 0.2 s."""
    try:
        _emptying(address).execute("SELECT")
    except psycopg.OperationalError:  # a test of failures has cut it
        _emptying.cache_clear()
    connection = _emptying(address)
    connection.execute("; ".join(f"DELETE FROM {table}" for table in metadata.tables))  # noqa: S608 - our own names
    connection.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")


@cache
def _emptying(address: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that is kept: opening one takes longer than emptying."""
    connection = psycopg.connect(address.replace("+psycopg", ""), autocommit=True)
    connection.execute("SET session_replication_role = replica")  # no foreign key is looked up
    return connection


MONDAY = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)

T = TypeVar("T", Store, UnitOfWork)


def at(opened: T, moment: datetime) -> T:
    """The store, or the same transaction, at another moment."""
    if isinstance(opened, UnitOfWork):
        return UnitOfWork(opened.connection, moment)
    if isinstance(opened.clock, SetClock):
        opened.clock.set(moment)
    else:
        opened.clock = SetClock(moment)
    return opened


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest) -> str | None:
    """The address of each database in turn, with tables and without a row."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture
def in_memory() -> None:
    """The address of a database in memory: for stories in which the database itself plays no part."""


@pytest.fixture
async def store(url: str | None) -> AsyncIterator[Store]:
    """A store without a row, on each database in turn."""
    opened = open_store(url, SetClock(MONDAY))
    if url is None:
        await opened.prepare()
    yield opened
    await opened.close()


@pytest.fixture
async def tx(store: Store) -> AsyncIterator[UnitOfWork]:
    """A transaction for tests that need only one."""
    async with store.writing() as transaction:
        yield transaction


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of each database in turn, still without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with new_database(request.getfixturevalue("postgres_server"), f"sobat_empty_{os.getpid()}") as address:
        yield address
