"""Where a list lies between being read and being kept: a private file that is gone when it is closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import orjson

from bot.importing.lists import Said

_MEMORY = 24_000  # KiB for pages and for sorting; the rest lies on the disk
_SCHEMA = """
CREATE TABLE said (key TEXT, row INTEGER, line BLOB);
CREATE TABLE changes (line BLOB);
CREATE TABLE bad (row INTEGER, reason TEXT);
"""


class Stage:
    """Lines by their key, in order, whatever their order in the file."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)  # SQLite unlinks it at once: nobody else sees it
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_MEMORY}", "temp_store=FILE"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.executescript(_SCHEMA)
        self._file.execute("BEGIN")
        self.count = 0
        """How many lines lie here."""

    def close(self) -> None:
        """Let it go, and all that lies in it."""
        self._file.close()

    def add(self, rows: Iterable[tuple[str, int, bytes]]) -> None:
        """Put down lines, each by its key and the number of its row."""
        self.count += self._file.executemany("INSERT INTO said VALUES (?, ?, ?)", rows).rowcount

    def refuse(self, rows: Iterable[tuple[int, str]]) -> None:
        """Put down what is wrong with rows."""
        self._file.executemany("INSERT INTO bad VALUES (?, ?)", rows)

    def by_key(self) -> Iterator[list[tuple[int, bytes]]]:
        """Go through the lines by key; those with the same key together, each with its row."""
        found = self._file.execute("SELECT key, row, line FROM said ORDER BY key, row")
        for _key, group in groupby(found, itemgetter(0)):
            yield [(row, line) for _, row, line in group]

    def change(self, lines: Iterable[bytes]) -> None:
        """Put down lines that are to be kept."""
        self._file.executemany("INSERT INTO changes VALUES (?)", ((line,) for line in lines))

    def changes(self) -> Iterator[Said]:
        """Go through the lines that are to be kept."""
        for (line,) in self._file.execute("SELECT line FROM changes ORDER BY rowid"):
            yield read(line)

    def refused(self) -> Iterator[tuple[int, str]]:
        """Go through the bad rows in the order of the file."""
        yield from self._file.execute("SELECT row, reason FROM bad ORDER BY row")


def written(said: Said) -> bytes:
    """Write down what a row says."""
    return orjson.dumps((said.line, said.former))


def read(text: bytes) -> Said:
    """Read what a row says."""
    line, former = orjson.loads(text)
    return Said(tuple(line), tuple(former))
