"""Where a list lies between being read and being kept: a private file that is gone when it is closed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence

import orjson

from bot.importing.lists import Stated
from bot.store import Line

_MEMORY = 24_000  # KiB for pages and for sorting; the rest lies on the disk
_REMEMBERED = 16_384  # facts that are known by a number
_AT_ONCE = 2_000
_SCHEMA = """
CREATE TABLE said (subject TEXT, more INTEGER, row INTEGER, facts, former TEXT);
CREATE TABLE changes (subject TEXT, facts, former TEXT, new INTEGER);
CREATE TABLE bad (row INTEGER, reason TEXT);
"""

Facts = int | str
"""What follows the first value of a line. The same is said of many: it is known by a number, or else written out."""


Told = tuple[str, int | None, int, Facts, str | None]
"""A row: the first value of its line, the second where that is a key too, its number in the file, the facts, and
the former hashes of its number. Bare values: there are hundreds of thousands."""

Change = tuple[str, Facts, str | None, bool]
"""A line to be kept: its first value, the facts, former hashes, and whether nothing was known of it."""


class StagingFile:
    """Lines by their key, in order, whatever their order in the file."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)  # SQLite unlinks it at once: nobody else sees it
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_MEMORY}", "temp_store=FILE"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.executescript(_SCHEMA)
        self._file.execute("BEGIN")
        self._facts: list[Line] = []
        self._known: dict[Line, int] = {}
        self._digest = hashlib.sha256()
        self.count = 0
        """How many lines lie here."""

    def close(self) -> None:
        """Let it go, and all that lies in it."""
        self._file.close()

    def clear(self) -> None:
        """Forget what was put down."""
        for table in ("said", "changes", "bad"):
            self._file.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        self.count = 0

    def put_facts(self, facts: Line) -> Facts:
        """Put down what follows the first value of a line. Equal facts are put down equally."""
        at = self._known.get(facts)
        if at is None and len(self._facts) < _REMEMBERED:
            at = self._known[facts] = len(self._facts)
            self._facts.append(facts)
        return orjson.dumps(facts).decode() if at is None else at

    def facts(self, put: Facts) -> Line:
        """Return what was put down."""
        return self._facts[put] if isinstance(put, int) else tuple(orjson.loads(put))

    def add(self, rows: Sequence[Told]) -> None:
        """Put down rows."""
        self._file.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", rows)
        self.count += len(rows)

    def refuse(self, rows: Iterable[tuple[int, str]]) -> None:
        """Put down what is wrong with rows."""
        self._file.executemany("INSERT INTO bad VALUES (?, ?)", rows)

    def by_key(self) -> Iterator[list[Told]]:
        """Go through the rows by key, some at a time; those with the same key come together."""
        found = self._file.execute("SELECT subject, more, row, facts, former FROM said ORDER BY subject, more, row")
        rest: list[Told] = []
        while some := found.fetchmany(_AT_ONCE):
            rows = rest + some
            at, last = len(rows) - 1, rows[-1][:2]
            while at and rows[at - 1][:2] == last:
                at -= 1
            rest = rows[at:]
            if at:
                yield rows[:at]
        if rest:
            yield rest

    @property
    def digest(self) -> str:
        """A digest of the lines that are to be kept: the same for the same file beside the same knowledge."""
        return self._digest.hexdigest()

    def change(self, rows: Sequence[Change]) -> None:
        """Put down lines that are to be kept."""
        self._digest.update(orjson.dumps(rows))
        self._file.executemany("INSERT INTO changes VALUES (?, ?, ?, ?)", rows)

    def changes(self) -> Iterator[Stated]:
        """Go through the lines that are to be kept."""
        found = self._file.execute("SELECT subject, facts, former, new FROM changes ORDER BY rowid")
        for subject, facts, former, new in found:
            yield Stated((subject, *self.facts(facts)), former_of(former), bool(new))

    def refused(self) -> Generator[tuple[int, str]]:
        """Go through the bad rows in the order of the file."""
        yield from self._file.execute("SELECT row, reason FROM bad ORDER BY row")


def former_of(text: str | None) -> tuple[str, ...]:
    """Return the hashes under which a number may lie from before, as they are put down."""
    return tuple(orjson.loads(text)) if text else ()
