"""SQLAlchemy's own SQLite engine behind the methods of its asynchronous one.

A statement by key costs 20 microseconds, a change of threads five times that, and a turn of a conversation makes
half a dozen of them. So a small statement runs on the event loop's own thread, and what may take long in another.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, CursorResult, Result, RootTransaction, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import PoolProxiedConnection

T = TypeVar("T")
log = logging.getLogger(__name__)

BUSY_SECONDS = 30.0
"""For so long another process's transaction is waited for."""

TOLD_AFTER = 5.0
_HELD = "another process has held the database for %.0f s (a backup, a shell, an import?): what is to be written waits"
_PAUSE = 0.01  # seconds between two tries to begin
_OFTEN, _QUICK = 0.05, 0.001  # for so long it is tried that often: an import leaves short gaps, and many of them
_PRIMARY = 0xFF  # the part of an SQLite error's number that tells its sort
_threads = ThreadPoolExecutor(8, "sqlite")


class SQLiteEngine:
    """Synchronous engine for tasks; each of its transactions begins with `begin`, each connection with `pragmas`."""

    def __init__(
        self, url: URL, begin: str, pragmas: tuple[str, ...], *, limit: int = 1, threads: bool = True, **pool: Any
    ) -> None:
        """At most `limit` tasks have a connection. Without `threads`, every statement runs at once."""
        plain = {"isolation_level": None, "check_same_thread": False, "timeout": BUSY_SECONDS}
        self.sync_engine = create_engine(url, hide_parameters=True, connect_args=plain, **pool)
        self._free, self._threads = asyncio.Semaphore(limit), threads
        event.listen(self.sync_engine, "connect", lambda opened, _record: _set_up(opened, pragmas))
        # A listener to the engine's own events would have every statement look for others.
        self.sync_engine.dialect.do_begin = _beginning(begin)  # type: ignore[method-assign,assignment]

    @asynccontextmanager
    async def connect(self, *, at_once: bool = False) -> AsyncIterator[AsyncConnection]:
        """Have a connection; it may be used in place of an AsyncConnection."""
        async with self._free:
            with self.sync_engine.connect() as connection:
                yield cast(AsyncConnection, SQLiteConnection(connection, at_once=at_once or not self._threads))

    @asynccontextmanager
    async def begin(self, *, at_once: bool = False) -> AsyncIterator[AsyncConnection]:
        """Have a connection with a transaction that ends with the block; `at_once`, on the loop's own thread."""
        async with self.connect(at_once=at_once) as connection:
            transaction = await _begun(connection)
            try:
                yield connection
                await connection.run_sync(lambda _: transaction.commit())
            except BaseException:
                if transaction.connection.get_transaction() is transaction:  # a cancelled commit may be done
                    transaction.rollback()  # what a commit that failed left open is undone as the connection goes back
                raise

    def clear_compiled_cache(self) -> None:
        """Forget the statements that were compiled, with the values of that time."""
        self.sync_engine.clear_compiled_cache()

    async def dispose(self) -> None:
        """Let go of the file."""
        self.sync_engine.dispose()


class SQLiteConnection:
    """Synchronous connection behind the methods of an AsyncConnection."""

    def __init__(self, connection: Connection, *, at_once: bool) -> None:
        self.sync_connection, self.dialect = connection, connection.dialect
        self._at_once = at_once

    async def execute(self, statement: Any, parameters: Any = None) -> Result[Any]:
        """Run a statement."""
        if self._at_once:
            return self.sync_connection.execute(statement, parameters)
        return await self.run_sync(lambda here: _with_all_rows(here.execute(statement, parameters)))

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> Result[Any]:
        """Run a statement as it is written."""
        return await self.run_sync(lambda here: _with_all_rows(here.exec_driver_sql(statement, parameters)))

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Do `work` with the synchronous connection; it has ended when this ends, cancelled or not."""
        if self._at_once:
            return work(self.sync_connection)
        working = asyncio.get_running_loop().run_in_executor(_threads, work, self.sync_connection)
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            plain = self.sync_connection.connection.driver_connection
            while not working.done():  # the transaction is rolled back next, which no thread may disturb
                cast(sqlite3.Connection, plain).interrupt()
                await asyncio.wait([working], timeout=_PAUSE)
            working.exception()
            raise


async def _begun(connection: AsyncConnection) -> RootTransaction:
    """Begin, waiting for other processes beside the loop."""
    loop = asyncio.get_running_loop()
    since, told = loop.time(), False
    while True:
        try:
            return await connection.run_sync(Connection.begin)
        except OperationalError as error:
            waited = loop.time() - since
            if not _is_busy(error) or waited > BUSY_SECONDS:
                raise
        if waited > TOLD_AFTER and not told:
            told = True
            log.warning(_HELD, waited)
        await asyncio.sleep(_QUICK if waited < _OFTEN else _PAUSE)


def _is_busy(error: OperationalError) -> bool:
    cause = error.orig
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY


def _beginning(begin: str) -> Callable[[PoolProxiedConnection], None]:
    def do_begin(opened: PoolProxiedConnection) -> None:
        cast(sqlite3.Connection, opened.driver_connection).execute(begin)

    return do_begin


def _set_up(opened: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        opened.execute(f"PRAGMA {pragma}")


def _with_all_rows(result: CursorResult[Any]) -> Result[Any]:
    """Fetch the rows here, in the thread of the statement."""
    return result.freeze()() if result.returns_rows else result
