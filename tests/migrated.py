"""The tables of an empty SQLite database are worked out once per test process; those after it get the same.

To load Alembic's scripts and run some forty of them takes a fifth of a second, to look for each table in memory and
to word it 30 ms, and most tests begin with a database of their own. A file gets the same statements, in 3 ms; a
database in memory gets the same pages, in a tenth of that. Where the migrations are the matter, they run: a
test asks for `migrations`. So they do on PostgreSQL, and in every process that a test starts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, Literal

import pytest
from sqlalchemy import Connection

from bot.store.engine import migrate
from bot.store.schema.conventions import metadata

_change, _create_all = migrate._change, metadata.create_all
_migrated: list[str] = []
_created: list[sqlite3.Connection] = []


def _is_empty_sqlite(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0


def _stated_again(connection: Connection, statements: list[str], work: Callable[[], None]) -> None:
    """Do the work, or run the statements of what it left the first time."""
    driver: Any = connection.connection.driver_connection
    if statements:
        for statement in statements:
            driver.execute(statement)
        return
    work()
    statements.extend([*driver.iterdump()][1:-1])  # between BEGIN and COMMIT


def _copied(connection: Connection, kept: list[sqlite3.Connection], work: Callable[[], None]) -> None:
    """Do the work, or copy what it left the first time: outside of the transaction, for no copy is made within one."""
    driver: Any = connection.connection.driver_connection
    if kept:
        driver.execute("COMMIT")
        kept[0].backup(driver)
        driver.execute("BEGIN")
        return
    work()
    kept.append(sqlite3.connect(":memory:", check_same_thread=False))
    kept[0].executescript("\n".join(driver.iterdump()))


def _changed(connection: Connection, change: Literal["upgrade", "downgrade"], revision: str) -> None:
    if (change, revision) == ("upgrade", "head") and _is_empty_sqlite(connection):
        _stated_again(connection, _migrated, lambda: _change(connection, change, revision))
    else:
        _change(connection, change, revision)


def _all_created(connection: Connection) -> None:
    if _is_empty_sqlite(connection):
        _copied(connection, _created, lambda: _create_all(connection))
    else:
        _create_all(connection)


migrate._change, metadata.create_all = _changed, _all_created  # type: ignore[method-assign,assignment]


@pytest.fixture
def migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every migration runs, as at the first start of `sobat run`, and tables are made from the code that names them."""
    monkeypatch.setattr(migrate, "_change", _change)
    monkeypatch.setattr(metadata, "create_all", _create_all)
