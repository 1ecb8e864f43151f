"""The migrations lead to exactly the tables that the code knows, and back."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.store import open_store
from bot.store.engine import migrate
from bot.store.engine.engines import database, migrator
from bot.store.schema.conventions import metadata

pytestmark = pytest.mark.usefixtures("migrations")


async def _asked(url: str, question: Any) -> Any:
    engine = migrator(database(url))
    async with engine.begin() as connection:
        answer = await connection.run_sync(question)
    await engine.dispose()
    return answer


def _described(connection: Connection) -> dict[str, Any]:
    """Everything that the database tells of its tables, but for the order of columns and constraints."""
    database_tells = inspect(connection)

    def plain(value: Any) -> Any:
        return {key: plain(each) for key, each in value.items()} if isinstance(value, dict) else str(value)

    def sorted_rows(rows: Any) -> list[str]:
        return sorted(str(plain(row)) for row in rows)

    return {
        name: (
            sorted_rows(database_tells.get_columns(name)),
            database_tells.get_pk_constraint(name),
            sorted_rows(database_tells.get_foreign_keys(name)),
            sorted_rows(database_tells.get_indexes(name)),
            sorted_rows(database_tells.get_unique_constraints(name)),
        )
        for name in database_tells.get_table_names()
        if name != "alembic_version"
    }


def _told_back(_thing: Any, name: str | None, *_others: Any) -> bool:
    """Leave out what PostgreSQL does not tell Alembic whole: the collation in an index over an expression."""
    return name != "ix_participants_called"


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _told_back})
    return list(compare_metadata(context, metadata))


async def test_migrated_tables_are_those_of_the_code(empty_url: str) -> None:
    """Upgrading gives the same as making the tables from the code, down to partial indexes and comments.

    Two processes may start at once: one migrates, the other waits for it. The way back leaves nothing, and leads up
    again.
    """
    url = database(empty_url)
    await _asked(empty_url, metadata.create_all)
    wanted = await _asked(empty_url, _described)
    await _asked(empty_url, metadata.drop_all)

    stores = [open_store(empty_url), open_store(empty_url)]
    async with asyncio.TaskGroup() as together:
        for store in stores:
            together.create_task(store.prepare())
    for store in stores:
        await store.close()
    assert await _asked(empty_url, _described) == wanted
    assert await _asked(empty_url, _differences) == []

    await migrate.downgrade(url, "base")
    assert await _asked(empty_url, _described) == {}
    await migrate.upgrade(url)
    assert set(await _asked(empty_url, _described)) == set(metadata.tables)


def test_revisions_are_numbered_in_order() -> None:
    """The names of the files tell what Alembic finds in them, and which is the newest."""
    scripts = ScriptDirectory(str(Path(migrate.__file__).parents[1] / "migrations"))
    assert [script.revision for script in scripts.walk_revisions()] == sorted(migrate.known_revisions(), reverse=True)
    assert scripts.get_current_head() == max(migrate.known_revisions())


def test_a_database_that_is_up_to_date_is_ready_without_alembic(sqlite_url: str) -> None:
    """Almost every start finds it so, and need not load what changes it."""
    script = (
        "import asyncio, sys\n"
        "from bot.store import open_store\n"
        "async def main():\n"
        f"    store = open_store({sqlite_url!r}); await store.prepare(); await store.close()\n"
        "asyncio.run(main())\n"
        "print('alembic' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("False", "", 0)


def test_personal_data_is_marked() -> None:
    """A table that belongs to a person says so, as does every column with words, numbers or addresses."""
    for table in metadata.tables.values():
        if "participant" in table.c or "phone_hash" in table.c:
            assert table.comment == "personal data", table.name
    for name in ("address", "via_address", "phone_hash", "answers", "content", "fields", "obstacle"):
        for table in metadata.tables.values():
            if name in table.c and table.name != "shared_messages":
                assert table.c[name].comment == "personal data", f"{table.name}.{name}"
