"""Opening, closing, committing and rolling back."""

import os
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import Store, open_store
from tests.store.samples import MONDAY, incoming, meet


@pytest.fixture(params=["in_memory", "sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> str | None:
    address: str | None = request.getfixturevalue(request.param)
    return address


@pytest.fixture
async def anywhere(place: str | None) -> AsyncIterator[Store]:
    """A store in memory too, where one connection does everything."""
    opened = open_store(place)
    await opened.prepare()
    yield opened
    await opened.close()


async def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the account's own mask; so is what SQLite lays beside it while it is written."""
    file = tmp_path / "sobat.db"
    store = open_store(f"sqlite:///{file}")
    await store.prepare()
    async with store.writing() as tx:
        await meet(tx)
        rights = {each.name: stat.S_IMODE(each.stat().st_mode) for each in os.scandir(tmp_path)}
        assert rights == dict.fromkeys(("sobat.db", "sobat.db-wal", "sobat.db-shm"), 0o600)
    await store.close()


@pytest.mark.parametrize(
    "others",
    [(None, None), ("sqlite:////data/a.db", "sqlite:////data/b.db"), ("postgresql://h/a", "postgresql://h/b")],
    ids=["in memory", "sqlite", "postgres"],
)
async def test_files_of_a_database_are_no_other_databases(others: tuple[str | None, str | None]) -> None:
    """Their rows have the same numbers: in one folder, the one would sweep what the other still needs."""
    one, other = (open_store(each) for each in others)
    assert one.folder("impor") != other.folder("impor")
    assert one.folder("impor") == one.folder("impor")
    for store in (one, other):
        await store.close()


async def test_files_are_found_whoever_signs_in_and_go_with_a_store_in_memory() -> None:
    """The job in a process of its own, and the command line, look where the console put them."""
    one, other = open_store("postgresql://rina@h/sobat"), open_store("postgresql://tari:word@h/sobat")
    assert one.folder("impor") == other.folder("impor")
    passing = open_store(None)
    passing.folder("impor").mkdir()
    await passing.close()
    assert not passing.folder("impor").parent.exists()
    for store in (one, other):
        await store.close()


async def test_a_block_that_fails_leaves_nothing(anywhere: Store) -> None:
    """Either everything in it happens or none of it."""

    async def fail() -> None:
        async with anywhere.writing() as tx:
            await tx.inbox.add(incoming())
            await meet(tx)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with anywhere.reading() as tx:
        assert await tx.inbox.free(but=(), limit=5) == []
        assert await tx.people.get(1) is None


async def test_what_was_committed_is_seen_by_readers(anywhere: Store) -> None:
    """The next block sees it."""
    async with anywhere.writing() as tx:
        person = await meet(tx)
    async with anywhere.reading() as tx:
        assert await tx.people.get(person) is not None


async def test_data_outlives_the_store(url: str) -> None:
    """Whoever opens the same address later finds everything, and preparing twice does no harm."""
    for expected in (None, 1):
        store = open_store(url)
        await store.prepare()
        async with store.writing() as tx:
            found = await tx.people.get(1)
            assert (found.id if found else None) == expected
            await meet(tx)
        await store.close()


async def test_a_task_does_not_wait_for_itself() -> None:
    """A block inside a block of the only connection would hang; it says so instead."""
    store = open_store(None)
    await store.prepare()
    async with store.writing():
        with pytest.raises(RuntimeError, match="open already"):
            async with store.reading():
                pass
    await store.close()


async def test_readers_cannot_write(sqlite_url: str) -> None:
    """A file's reading connections refuse to change it."""
    from sqlalchemy.exc import OperationalError

    store = open_store(sqlite_url)
    with pytest.raises(OperationalError, match="readonly"):
        async with store.reading() as tx:
            await tx.cutoffs.remember(21, MONDAY)
    await store.close()


def test_other_databases_are_refused() -> None:
    """One clear sentence."""
    with pytest.raises(ValueError, match="mysql is not a database that is known here"):
        open_store("mysql://localhost/sobat")


def test_opening_in_memory_loads_nothing_heavy() -> None:
    """`sobat chat` starts at once."""
    script = (
        "import asyncio, sys, bot.store\n"
        "async def main():\n"
        "    store = bot.store.open_store(None); await store.prepare(); await store.close()\n"
        "asyncio.run(main())\n"
        "heavy = {'alembic', 'psycopg', 'pydantic', 'sqlalchemy.dialects.postgresql'}\n"
        "print(*heavy & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)
