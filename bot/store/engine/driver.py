"""SQLite for SQLAlchemy's asyncio: a small statement runs here and now, a long one in a thread.

A statement by key costs 20 microseconds, a change of threads five times that, and a turn of a conversation
makes half a dozen of them. What may take long must not hold up the event loop.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only

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


class Cursor:
    """Brings all rows of a statement along, so that closing has nothing left to do."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    def execute(self, operation: str, parameters: Any = ()) -> None:
        """Run a statement."""
        self._take(self._connection.run(_execute, operation, parameters))

    def executemany(self, operation: str, parameters: Any) -> None:
        """Run a statement for each of many parameters."""
        self._take(self._connection.run(_execute_many, operation, parameters))

    def _take(self, done: tuple[sqlite3.Cursor, list[Any]]) -> None:
        cursor, rows = done
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        self._rows = deque(rows)

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """Return the next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> Sequence[Any]:
        """Return all rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        return


class Connection:
    """A connection that waits for other processes without holding up the loop.

    With `at_once`, statements run on the loop's own thread: set it only for statements by key.
    """

    def __init__(self, plain: sqlite3.Connection, begin: str) -> None:
        self.plain, self.at_once, self._begin = plain, False, begin
        self._has_begun = self._closed = False

    def cursor(self) -> Cursor:
        """Return a new cursor."""
        return Cursor(self)

    def begin(self) -> None:
        """Begin a transaction of the connection's kind, unless `begun` did."""
        if self._has_begun:
            self._has_begun = False
        else:
            self.run(_execute, self._begin, ())

    async def begun(self) -> None:
        """Begin a transaction outside of SQLAlchemy's greenlet, waiting for other processes."""
        await self._waited("BEGIN", _execute, self._begin, ())
        self._has_begun = True

    def commit(self) -> None:
        """Commit the transaction, if one is open."""
        if self.plain.in_transaction:
            self.run(sqlite3.Connection.commit)

    async def committed(self) -> None:
        """Commit outside of SQLAlchemy's greenlet."""
        await self._waited("COMMIT", sqlite3.Connection.commit)

    def rollback(self) -> None:
        """Undo the transaction, if one is open; quick, for nothing was written to the file."""
        self._has_begun = False
        if not self._closed and self.plain.in_transaction:
            self.plain.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self.plain.close()

    def run(self, work: Callable[..., T], *given: Any) -> T:
        """Do `work` with the plain connection; what has to wait does so inside of SQLAlchemy's greenlet."""
        if self.at_once:
            try:
                return work(self.plain, *given)
            except sqlite3.OperationalError as error:
                if not _busy(error):
                    raise
        done: T = await_only(self._run(work, given))
        return done

    async def _waited(self, statement: str, work: Callable[..., object], *given: Any) -> None:
        try:
            await self._run(work, given)
        except sqlite3.Error as error:
            raise DBAPIError.instance(statement, None, error, sqlite3.Error, hide_parameters=True) from None

    async def _run(self, work: Callable[..., T], given: Sequence[Any]) -> T:
        loop, since, told = asyncio.get_running_loop(), None, False
        while True:
            try:
                return work(self.plain, *given) if self.at_once else await self._in_thread(loop, work, given)
            except sqlite3.OperationalError as error:
                since = since or loop.time()
                waited = loop.time() - since
                if not _busy(error) or waited > BUSY_SECONDS:
                    raise
                if waited > TOLD_AFTER and not told:
                    told = True
                    log.warning(_HELD, waited)
            await asyncio.sleep(_QUICK if waited < _OFTEN else _PAUSE)

    async def _in_thread(self, loop: asyncio.AbstractEventLoop, work: Callable[..., T], given: Sequence[Any]) -> T:
        working = loop.run_in_executor(_threads, work, self.plain, *given)
        try:
            return await asyncio.shield(working)
        except asyncio.CancelledError:
            while not working.done():  # the transaction is rolled back next, which no thread may disturb
                self.plain.interrupt()
                await asyncio.wait([working], timeout=_PAUSE)
            working.exception()
            raise


class AtOnce:
    """Stands for an asynchronous connection of SQLAlchemy's while its statements wait for nothing.

    As a context, it is one transaction, begun and ended without SQLAlchemy's greenlet.
    """

    def __init__(self, connection: AsyncConnection, driver: Connection) -> None:
        assert connection.sync_connection is not None  # noqa: S101 - it is open
        self._connection, self._sync, self._driver = connection, connection.sync_connection, driver
        self.dialect = connection.dialect

    async def __aenter__(self) -> AtOnce:
        await self._driver.begun()
        self._transaction = self._sync.begin()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *raised: Any) -> None:
        if kind is not None:
            self._transaction.__exit__(kind, *raised)
            return
        try:
            await self._driver.committed()
        except BaseException:
            self._transaction.rollback()
            raise
        self._transaction.commit()

    async def execute(self, statement: Any, parameters: Any = None) -> Any:
        """Run a statement here and now."""
        return self._sync.execute(statement, parameters)

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> Any:
        """Run a statement as it is written."""
        return self._sync.exec_driver_sql(statement, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def _busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_BUSY


def _execute(plain: sqlite3.Connection, operation: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:
    cursor = plain.execute(operation, parameters)
    return cursor, cursor.fetchall() if cursor.description else []


def _execute_many(plain: sqlite3.Connection, operation: str, parameters: Any) -> tuple[sqlite3.Cursor, list[Any]]:
    return plain.executemany(operation, parameters), []


class SobatSQLite(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite dialect on such connections."""

    driver = "sobat"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, _url: URL) -> type[Pool]:
        """Pool connections to a file; those who open one in memory name a pool themselves."""
        return AsyncAdaptedQueuePool

    def connect(self, *args: Any, begin: str, pragmas: Sequence[str] = (), **options: Any) -> Any:
        """Open a connection whose transactions begin with `begin`, after some `pragmas`."""
        options |= {"isolation_level": None, "timeout": BUSY_SECONDS, "check_same_thread": False}
        plain = sqlite3.connect(*args, **options)
        for pragma in (*pragmas, "busy_timeout=0"):  # from here on it is waited beside the loop
            plain.execute(f"PRAGMA {pragma}")
        return Connection(plain, begin)

    def on_connect(self) -> Callable[[Any], None]:
        """Do nothing to a new connection; there is no REGEXP here."""
        return lambda _: None

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin, which SQLite's driver would leave until the first change."""
        dbapi_connection.begin()

    def get_driver_connection(self, connection: Any) -> Any:
        """Return the connection itself."""
        return connection


registry.register("sqlite.sobat", __name__, "SobatSQLite")
