"""Expand, migrate, contract: the code of before works on the newest database, and code too old says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, text

from bot.store import open_store
from bot.store.engine import migrate
from bot.store.engine.engines import database, migrator
from bot.store.engine.migrate import OLDEST_COMPATIBLE, DatabaseTooNew, known_revisions
from bot.store.repositories.broadcast_rows import audience_to
from programme.model.broadcasts import Audience

pytestmark = pytest.mark.usefixtures("migrations")

ROOT = Path(__file__).parents[2]
MIGRATIONS = "bot/store/migrations"
OF_BEFORE = ("claiming", "settling", "people")
"""The parts of the store whose tests of that time are run."""


def _git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)  # noqa: S603, S607 - our own words
    if done.returncode:
        pytest.skip(f"no history here to take the version before from: {done.stderr.decode().strip()}")
    return done.stdout


def _last_commit_of(revision: str) -> str:
    """The last commit whose newest revision was this one."""
    after = min(known for known in known_revisions() if known > revision)
    added = _git("log", "--diff-filter=A", "--format=%H", "--", f"{MIGRATIONS}/versions/{after}_*").split()
    if not added:
        pytest.skip(f"the history here does not reach back to revision {revision}")
    return f"{added[-1].decode()}^"


@pytest.fixture(scope="module")
def code_of_then(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last code of the oldest compatible revision, with the migrations of today."""
    place = tmp_path_factory.mktemp("then")
    floors = ("bot", "handlers", "reminders", "programme", "locales", "tests", "pyproject.toml")
    with ZipFile(
        BytesIO(_git("archive", "--format=zip", "-0", _last_commit_of(OLDEST_COMPATIBLE), *floors))
    ) as archive:
        archive.extractall(place)
    today = (ROOT / MIGRATIONS, place / MIGRATIONS)
    shutil.copytree(*today, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def _python(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    here = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "SOBAT"))}
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *words],
        cwd=place,
        env=here | {"PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_oldest_compatible_code_works_on_the_newest_database(code_of_then: Path) -> None:
    """The store's tests of that time, over that time's code, with the migrations of today."""
    files = [f"tests/store/test_store_{part}.py" for part in OF_BEFORE]
    plain = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-n", "0", "-k", "not postgres"]
    done = _python(code_of_then, "-m", "pytest", *plain, *files)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


_READ_AND_WRITTEN = """
import json, sys
from bot.store.repositories.broadcast_rows import audience_from, audience_to
print(json.dumps(audience_to(audience_from(json.loads(sys.argv[1])))))
"""


def test_the_oldest_compatible_code_heeds_everything_that_narrows_an_audience(code_of_then: Path) -> None:
    """Code that passes over a limit would write to everybody else as well, so it may not be let at the database."""
    narrowed = audience_to(Audience(waves=(21,), new_to="f", linked=True, got=7, left_with_it=True, listed=3, share=10))
    assert len(narrowed) == len(fields(Audience)), "a field that was added is tried here, too"
    done = _python(code_of_then, "-c", _READ_AND_WRITTEN, json.dumps(narrowed))
    assert done.returncode == 0, done.stderr[-1000:]
    assert json.loads(done.stdout) == narrowed


async def _as_made_by_a_newer_one(url: str, oldest: str) -> None:
    def change(connection: Connection) -> None:
        connection.execute(
            text("UPDATE alembic_version SET version_num = '9999', oldest = :oldest"), {"oldest": oldest}
        )

    engine = migrator(database(url))
    async with engine.begin() as connection:
        await connection.run_sync(change)
    await engine.dispose()


async def test_a_newer_database_that_allows_it_is_used_as_it_is(empty_url: str) -> None:
    await migrate.upgrade(database(empty_url))
    await _as_made_by_a_newer_one(empty_url, max(known_revisions()))
    store = open_store(empty_url)
    await store.prepare()
    assert (await store.revision(), await store.is_too_new()) == ("9999", False)
    await store.close()


async def test_a_newer_database_that_forbids_it_is_refused_and_left_alone(empty_url: str) -> None:
    await migrate.upgrade(database(empty_url))
    await _as_made_by_a_newer_one(empty_url, "9998")
    store = open_store(empty_url)
    with pytest.raises(DatabaseTooNew):
        await store.prepare()
    assert (await store.revision(), await store.is_too_new()) == ("9999", True)
    await store.close()


async def test_the_database_names_the_oldest_code_that_may_use_it(empty_url: str) -> None:
    await migrate.upgrade(database(empty_url))

    def oldest(connection: Connection) -> str | None:
        return connection.scalar(text("SELECT oldest FROM alembic_version"))

    engine = migrator(database(empty_url))
    async with engine.begin() as connection:
        assert await connection.run_sync(oldest) == OLDEST_COMPATIBLE
    await engine.dispose()
