"""Opens databases so that writers wait for each other instead of failing, and readers never wait."""

from __future__ import annotations

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, StaticPool

from bot.store import one_hop
from bot.store.tables import for_postgresql

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}
_BUSY_SECONDS = 30
_READERS = 4


def database(url: str | None) -> URL:
    """Read `url` and put in the asynchronous driver; None is a database in memory.

    Raises ValueError for anything but SQLite and PostgreSQL.
    """
    parsed = make_url(url or "sqlite://")
    name = parsed.get_backend_name()
    if name not in _DRIVERS:
        raise ValueError(f"{name} is not a database that is known here; take sqlite:/// or postgresql://")
    return parsed.set(drivername=_DRIVERS[name])


def in_memory(url: URL) -> bool:
    """Tell whether the database lives in memory and dies with its one connection."""
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


# `hide_parameters` everywhere: an error in the log must not show what somebody wrote.


def writer(url: URL) -> AsyncEngine:
    """Open the engine for writing: one connection on SQLite, a pool on PostgreSQL."""
    if in_memory(url):
        engine = create_async_engine(
            url, hide_parameters=True, poolclass=StaticPool, connect_args={"isolation_level": None}
        )
    elif url.get_backend_name() == "sqlite":
        engine = create_async_engine(
            url,
            hide_parameters=True,
            pool_size=1,
            max_overflow=0,
            connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
        )
    else:
        return _postgresql(url)
    return _as_sqlite(engine, begin="BEGIN IMMEDIATE", pragmas=("foreign_keys=ON", "journal_mode=WAL"))


def reader(url: URL) -> AsyncEngine:
    """Open the engine for reading an SQLite file, which then never waits for a writer."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=_READERS,
        max_overflow=0,
        connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS},
    )
    return _as_sqlite(engine, begin="BEGIN", pragmas=("query_only=ON",))


def migrator(url: URL) -> AsyncEngine:
    """Open the engine for migrations; without foreign keys, for SQLite rebuilds tables to change them."""
    if url.get_backend_name() != "sqlite":
        for_postgresql()
        return create_async_engine(url, hide_parameters=True, poolclass=NullPool)
    engine = create_async_engine(
        url, hide_parameters=True, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": _BUSY_SECONDS}
    )
    return _as_sqlite(engine, begin="BEGIN IMMEDIATE", pragmas=("journal_mode=WAL",))


def _postgresql(url: URL) -> AsyncEngine:
    for_postgresql()
    # Prepared statements would break behind a pooler that hands out connections by transaction.
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=True,
        connect_args={"prepare_threshold": None},
    )


def _as_sqlite(engine: AsyncEngine, *, begin: str, pragmas: tuple[str, ...]) -> AsyncEngine:
    """Begin as told: a deferred transaction that turns to writing fails as soon as another one writes."""

    event.listen(engine.sync_engine, "do_connect", one_hop.connect)

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: object) -> None:
        connection.exec_driver_sql(begin)  # type: ignore[attr-defined]

    return engine
