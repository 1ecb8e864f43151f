"""Write-ahead log of an SQLite file: what was committed goes there first, and from there into the file.

SQLite forces the log onto the disk whenever it is begun anew, and frees what it is cut by, while nobody can write.
So both are done here, beside those who write: begun anew it is each time all of it is carried over, not by the next
person's commit; and it is cut a step at a time, for to free a gigabyte at once takes a fifth of a second or more.
"""

from __future__ import annotations

import os
import sqlite3
import time
from typing import Final

STEP: Final = 4 << 20
"""Bytes by which the log is cut at a time, in a millisecond or two; a shorter one is left as long as it is."""

_HEADERS: Final = 32 + 24  # bytes: the log's, and that of the first page in it
_PRIMARY: Final = 0xFF  # the part of an SQLite error's number that tells its sort


class WriteAheadLog:
    """The log of the file at `path`, on a connection of its own. It holds up its thread, and no other connection."""

    def __init__(self, path: str) -> None:
        self._path = f"{path}-wal"
        self._connection = sqlite3.connect(path, 0, isolation_level=None, check_same_thread=False)
        try:
            self._connection.execute("PRAGMA synchronous=NORMAL")
            [(page,)] = self._connection.execute("PRAGMA page_size").fetchall()
        except sqlite3.Error:
            self._connection.close()
            raise
        self._least = _HEADERS + int(page)  # of a log that was just begun anew

    def carry_over(self, *, empty: bool) -> int:
        """Carry over what can be, and begin the log anew, a step shorter where it is long; with `empty`, always.

        Return how many pages are left in it: 0 where that was done, else some reader or writer was in the way.
        Raises sqlite3.Error and OSError.
        """
        _busy, pages, carried = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        most = max(self._size() - STEP, 0 if empty else STEP)
        if carried == pages and self._begun_anew(most) and self._size() <= max(most, self._least):
            return 0
        return max(int(pages), 1)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left in it of what was written before it was begun anew."""
        return self._size() <= self._least

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _size(self) -> int:
        return os.stat(self._path).st_size  # noqa: PTH116 - one quick call

    def _begun_anew(self, most: int) -> bool:
        """Write something that means nothing, as the first of a new log of at most so many bytes."""
        self._connection.execute(f"PRAGMA journal_size_limit = {most}").fetchall()
        try:
            self._connection.execute(f"PRAGMA user_version = {int(time.time()) & 0x7FFFFFFF}")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True
