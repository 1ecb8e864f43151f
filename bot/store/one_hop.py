"""SQLite statements that change threads once instead of four times: to open, execute, fetch and close at one go.

A turn of a conversation makes a dozen small statements; what they cost is the way there and back.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.engine import Dialect
from sqlalchemy.util import EMPTY_DICT


@dataclass(slots=True)
class _Done:
    """What a cursor knows after its work."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1


class OneHopCursor(AsyncAdapt_aiosqlite_cursor):
    """Brings all rows along; `close` has nothing left to do."""

    __slots__ = ()

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = _Done()
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        return await self._at_one_go(operation, parameters, many=False)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        return await self._at_one_go(operation, seq_of_parameters, many=True)

    async def _at_one_go(self, operation: str, parameters: Any, *, many: bool) -> None:
        async with self._adapt_connection._execute_mutex:
            connection: Any = self._connection
            self._cursor, rows = await connection._execute(_run, connection._conn, operation, parameters, many)
            self._rows = deque(rows)

    async def _async_soft_close(self) -> None:
        return

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """An aiosqlite connection whose cursors work at one go."""

    __slots__ = ()
    _cursor_cls = OneHopCursor


def connect(dialect: Dialect, _record: object, args: list[Any], options: dict[str, Any]) -> Any:
    """Open a connection; for SQLAlchemy's `do_connect` event."""
    opened: Any = dialect.connect(*args, **options)
    return OneHopConnection(dialect.dbapi, opened._connection)


def _run(connection: sqlite3.Connection, operation: str, parameters: Any, many: bool) -> tuple[_Done, list[Any]]:
    cursor = connection.cursor()
    try:
        if many:
            cursor.executemany(operation, parameters)
        else:
            cursor.execute(operation, () if parameters is None else parameters)
        rows = cursor.fetchall() if cursor.description else []
        return _Done(cursor.description, cursor.rowcount, cursor.lastrowid), rows
    finally:
        cursor.close()
