"""Brings a database's schema from one revision to another."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.engine import engines
from bot.store.engine.later_indexes import build_later_indexes

OLDEST_COMPATIBLE: Final = "0029"
"""The oldest revision whose code still works on the newest one: raised only by what takes something away."""

_SCRIPTS = Path(__file__).parent.with_name("migrations")
_ALONE = 7_215_001  # any number: the name of the lock under which one process migrates PostgreSQL


class DatabaseTooNew(Exception):
    """A newer version changed the schema in a way that this code can't live with."""


async def upgrade(url: URL, revision: str = "head") -> None:
    """Bring the schema up to `revision`, one process at a time; one that is newer already stays as it is.

    Raises DatabaseTooNew where the schema says that code as old as this can't use it.
    """
    await _run(url, "upgrade", revision)


async def downgrade(url: URL, revision: str) -> None:
    """Take the schema back to `revision`; `base` drops everything."""
    await _run(url, "downgrade", revision)


@cache
def known_revisions() -> frozenset[str]:
    """Return every revision that this version knows; in order, as their numbers and the names of their files are."""
    return frozenset(script.name.partition("_")[0] for script in _SCRIPTS.glob("versions/[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the schema; None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_too_new(connection: Connection) -> bool:
    """Whether a newer version made the schema, and says that code as old as this can't use it."""
    if not _is_newer(connection):
        return False
    oldest = _oldest(connection)
    return oldest is None or oldest > max(known_revisions())


def _is_newer(connection: Connection) -> bool:
    found = revision_of(connection)
    return found is not None and found not in known_revisions()


def _oldest(connection: Connection) -> str | None:
    if "oldest" not in {column["name"] for column in inspect(connection).get_columns("alembic_version")}:
        return None
    found: str | None = connection.scalar(text("SELECT oldest FROM alembic_version"))
    return found


async def _run(url: URL, change: Literal["upgrade", "downgrade"], revision: str) -> None:
    def run(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ALONE})
        if is_too_new(connection):
            raise DatabaseTooNew
        if _is_newer(connection):
            return
        if revision != "head" or revision_of(connection) != max(known_revisions()):
            _change(connection, change, revision)

    _keep_to_its_owner(url)
    engine = engines.migrator(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(run)
        if revision == "head" and isinstance(engine, AsyncEngine):
            await build_later_indexes(engine)
    finally:
        await engine.dispose()


def _keep_to_its_owner(url: URL) -> None:
    """Make an SQLite file that is not there yet for its owner's eyes; what SQLite lays beside it becomes so, too."""
    if url.get_backend_name() == "sqlite" and not engines.in_memory(url):
        with suppress(OSError):  # what is wrong with the place is told when it is opened
            Path(str(url.database)).touch(mode=0o600, exist_ok=False)


def _change(connection: Connection, change: Literal["upgrade", "downgrade"], revision: str) -> None:
    """Run the migrations by Alembic, which is slow to load and, at almost every start, not needed."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    getattr(command, change)(config, revision)
    if revision_of(connection) == max(known_revisions()):
        connection.execute(text("UPDATE alembic_version SET oldest = :oldest"), {"oldest": OLDEST_COMPATIBLE})
