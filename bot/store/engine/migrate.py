"""Brings a database's schema from one revision to another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from bot.store.engine import engines

_SCRIPTS = str(Path(__file__).parent.with_name("migrations"))
_ALONE = 7_215_001  # any number: the name of the lock under which one process migrates PostgreSQL


async def upgrade(url: URL, revision: str = "head") -> None:
    """Bring the schema up to `revision`, one process at a time."""
    await _run(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: URL, revision: str) -> None:
    """Take the schema back to `revision`; `base` drops everything."""
    await _run(url, lambda config: command.downgrade(config, revision))


def known_revisions() -> frozenset[str]:
    """Return every revision that this version knows."""
    return frozenset(script.revision for script in ScriptDirectory(_SCRIPTS).walk_revisions())


async def _run(url: URL, change: Callable[[Config], None]) -> None:
    def run(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ALONE})
        config = Config()
        config.set_main_option("script_location", _SCRIPTS)
        config.attributes["connection"] = connection
        change(config)

    engine = engines.migrator(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(run)
    finally:
        await engine.dispose()
