"""Opens databases so that writers wait for each other instead of failing, and readers never wait."""

from __future__ import annotations

import time
from hashlib import sha256
from math import inf
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, StaticPool

from bot.store.engine.sqlite import SQLiteEngine
from bot.store.schema.conventions import for_postgresql

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_READERS = 4
WRITERS = 8
"""Connections to PostgreSQL that stay open; as many more come when all of them are busy."""
# 1 GB: the log is carried over by somebody else (`bot.store.engine.disk`), and by a writer only then.
_LOG_PAGES = 250_000
_WAITING = "busy_timeout=0"  # another process is waited for beside the loop

IDLE = 1.0
"""Seconds after which a connection to PostgreSQL that nobody used may have been cut."""
FREE_SINCE = "free since"

IMMEDIATE = "BEGIN IMMEDIATE"
"""How writers begin: a deferred transaction that turns to writing fails as soon as another one writes."""


class UnknownDatabase(ValueError):
    """An address of something else than SQLite and PostgreSQL; its words say which are known."""


def database(url: str | None) -> URL:
    """Read `url` and put in the driver; None is a database in memory.

    Raises UnknownDatabase for anything but SQLite and PostgreSQL.
    """
    parsed = read_address(url or "sqlite://")
    name = parsed.get_backend_name()
    if name not in _DRIVERS:
        raise UnknownDatabase(f"{name} is not a database that is known here; take sqlite:/// or postgresql://")
    return parsed.set(drivername=_DRIVERS[name])


def fingerprint(url: URL) -> str:
    """Return a few letters that stand for this database alone, whoever signs in to it."""
    return sha256(repr((url.host, url.port, url.database, url.query)).encode()).hexdigest()[:12]


def read_address(address: str) -> URL:
    """Read a database's address. Raises ArgumentError where it is none, as with a port that is no number."""
    try:
        return make_url(address)
    except ValueError as error:
        raise ArgumentError(str(error)) from None


def in_memory(url: URL) -> bool:
    """Tell whether the database lives in memory and dies with its one connection."""
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


# `hide_parameters` everywhere: an error in the log must not show what somebody wrote.


def writer(url: URL) -> AsyncEngine | SQLiteEngine:
    """Open the engine for writing: one connection on SQLite, a pool on PostgreSQL."""
    if url.get_backend_name() != "sqlite":
        # Prepared statements would break behind a pooler that hands out connections by transaction.
        unprepared = {"prepare_threshold": None}
        engine = _postgresql(url, pool_size=WRITERS, max_overflow=WRITERS, connect_args=unprepared)
        _ping_the_idle(engine)
        return engine
    pragmas = (
        *("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", f"wal_autocheckpoint={_LOG_PAGES}"),
        "secure_delete=ON",  # what is deleted is written over, not only let go of
        _WAITING,
    )
    if in_memory(url):
        return SQLiteEngine(url, IMMEDIATE, pragmas, threads=False, poolclass=StaticPool)
    return SQLiteEngine(url, IMMEDIATE, pragmas, pool_size=1, max_overflow=0)


def reader(url: URL) -> SQLiteEngine:
    """Open the engine for reading an SQLite file, which then never waits for a writer."""
    return SQLiteEngine(url, "BEGIN", ("query_only=ON",), limit=_READERS, pool_size=_READERS, max_overflow=0)


def migrator(url: URL) -> AsyncEngine | SQLiteEngine:
    """Open the engine for migrations; without foreign keys, for SQLite rebuilds tables to change them."""
    if url.get_backend_name() == "sqlite":
        return SQLiteEngine(url, IMMEDIATE, ("journal_mode=WAL", "secure_delete=ON", _WAITING), poolclass=NullPool)
    return _postgresql(url, poolclass=NullPool)


def _postgresql(url: URL, **more: Any) -> AsyncEngine:
    for_postgresql()
    engine = create_async_engine(url, hide_parameters=True, **more)
    event.listen(engine.sync_engine, "handle_error", _without_values)
    return engine


def _ping_the_idle(engine: AsyncEngine) -> None:
    """Ping a pooled connection before its use, but only after a pause: to ask each time is a round trip a use.

    One that breaks sooner fails the transaction as it would have in the middle, and the whole pool is renewed.
    """
    dialect, pool = engine.sync_engine.dialect, engine.sync_engine.pool

    def came_back(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[FREE_SINCE] = time.monotonic()

    def goes_out(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get(FREE_SINCE, inf) < IDLE:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(pool, "checkin", came_back)
    event.listen(pool, "checkout", goes_out)


def _without_values(failed: ExceptionContext) -> None:
    """Cut an error of PostgreSQL's down to what went wrong: what follows shows the row, or the value."""
    for error in (failed.original_exception, failed.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0].partition(': "')[0], *error.args[1:])
