"""Whether an error says that the store is unavailable, so that another try makes sense.

Whatever else a store raises is a mistake of ours: a wrong statement stays wrong however often it is tried.
"""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

_PRIMARY: Final = 0xFF  # the part of an SQLite error's number that tells its sort
_SQLITE: Final = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
    )
)
_NO_ROOM: Final = frozenset((sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY))
_FULL: Final = frozenset((errno.ENOSPC, errno.EDQUOT))
_POSTGRESQL: Final = ("08", "25006", "40001", "40P01", "53", "55P03", "57", "58")
# Beginnings of SQLSTATE (PostgreSQL's manual, appendix A): the connection, a server that only reads, a conflict,
# a deadlock, no room or too many connections, a lock, an operator's intervention or a timeout, the server's disk.


class NotOnDisk(Exception):
    """What was committed could not be forced onto the disk."""


def is_away(error: BaseException) -> bool:
    """Tell whether the database or its disk can't be reached now, or has no room or no time for us."""
    if isinstance(error, NotOnDisk | NoConnection):
        return True
    return isinstance(error, DBAPIError) and (error.connection_invalidated or _passes(error))


def has_no_room(error: BaseException) -> bool:
    """Tell whether the disk takes nothing more, and the next change will fare no better."""
    cause = getattr(error, "orig", None)
    sort = getattr(cause, "sqlite_errorcode", None)
    full = sort is not None and sort & _PRIMARY in _NO_ROOM
    return isinstance(error, NotOnDisk) or full or getattr(cause, "sqlstate", None) == "53100"


def is_full(error: BaseException) -> bool:
    """Tell whether some disk takes nothing more: that of a file, or of an SQLite file that is no store of ours."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & _PRIMARY == sqlite3.SQLITE_FULL


def words_of(error: BaseException) -> str:
    """Say in the driver's words, in one line, what is wrong; further lines could show what somebody wrote."""
    cause = getattr(error, "orig", None) or error
    words = str(cause.args[0]) if cause.args else ""
    return f"{type(cause).__name__}: {words.partition(chr(10))[0]}"


def sort_of(error: BaseException) -> str:
    """Name the sort of an error, and of what caused it, without its words: they could show what somebody wrote."""
    cause = getattr(error, "orig", None) or error.__cause__
    names = [type(error).__name__, *([type(cause).__name__] if cause is not None else [])]
    return " from ".join(dict.fromkeys(names))


def _passes(error: DBAPIError) -> bool:
    sort = getattr(error.orig, "sqlite_errorcode", None)
    if sort is not None:
        return sort & _PRIMARY in _SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_POSTGRESQL)
    return error.statement is None and not isinstance(error.orig, sqlite3.Error)  # no connection came about
