"""The store: where everything lies that must outlive the process."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import engines
from bot.store.engine.disk import Disk
from bot.store.engine.one_writer import OneWriter
from bot.store.engine.sole_process import SoleProcess
from bot.store.engine.sqlite import SQLiteEngine
from bot.store.engine.writer_turn import WriterTurn
from bot.store.schema.conventions import metadata
from bot.store.unavailable import has_no_room
from bot.store.unit_of_work import UnitOfWork
from programme.model.clock import Clock, SystemClock

if TYPE_CHECKING:
    from bot.store.engine.news import News


def open_store(url: str | None, clock: Clock | None = None) -> Store:
    """Open the store at `url`: `sqlite:///file.db` or `postgresql://...`; None keeps it in memory.

    Its transactions are dated by `clock`; None is the machine's. Nothing is connected until the first of them. Call
    `prepare` before it, and `close` at the end: an unclosed SQLite file keeps its process from ending. Raises
    ValueError for any other database.
    """
    return Store(engines.database(url), clock or SystemClock())


Timed = Callable[[str, float], None]
"""Hears of each transaction, `read` or `write`, and how many seconds it took from asking for it to its end."""


def _untimed(_operation: str, _seconds: float) -> None:
    return


class Store:
    """Hands out transactions. Reading never waits for writing, except in memory. `timed` hears how long each took."""

    def __init__(self, url: URL, clock: Clock) -> None:
        self._url, self.clock = url, clock
        self._writer = self._reader = engines.writer(url)
        self._one: OneWriter | None = None
        self._disk = Disk(None)
        self._sole: SoleProcess | None = None
        self._files: TemporaryDirectory[str] | None = None
        self.no_room: tuple[float, Exception] | None = None  # when a change found none, in monotonic seconds
        self.timed: Timed = _untimed
        if isinstance(self._writer, SQLiteEngine):
            turn = WriterTurn()
            if not engines.in_memory(url):
                self._reader = engines.reader(url)
                self._disk = Disk(url.database, turn)
                self._sole = SoleProcess(str(url.database))
            self._one = OneWriter(self._writer, turn)

    async def prepare(self) -> None:
        """Bring the schema to its newest revision; in memory, make it."""
        if engines.in_memory(self._url):
            async with self._writer.begin() as connection:
                await connection.run_sync(metadata.create_all)
            return
        from bot.store.engine.migrate import upgrade

        await upgrade(self._url)

    async def close(self) -> None:
        """Let go of all connections; a store in memory is gone then."""
        await self._disk.emptied()
        self._disk.close()
        await self._writer.dispose()
        await self._reader.dispose()
        if self._sole is not None:
            self._sole.close()
        if self._files is not None:
            self._files.cleanup()

    @property
    def writers(self) -> int:
        """How many transactions really write at the same time: one on SQLite; others would only wait there."""
        return engines.WRITERS if self._one is None else 1

    @property
    def directory(self) -> str | None:
        """Return where an SQLite file lies; None for every other store."""
        if self._sole is None:
            return None
        return str(Path(str(self._url.database)).absolute().parent)

    def folder(self, name: str) -> Path:
        """Return where files lie that belong to rows of this database, and of no other: their numbers are the same.

        It is beside an SQLite file, else in the machine's temporary folder. In memory they are gone with the store.
        """
        if self._sole is not None:
            file = Path(str(self._url.database)).absolute()
            return file.with_name(f"{file.name}-{name}")
        if engines.in_memory(self._url):
            self._files = self._files or TemporaryDirectory(prefix="sobat-")
            return Path(self._files.name) / name
        return Path(tempfile.gettempdir()) / f"sobat-{name}-{os.getuid()}-{engines.fingerprint(self._url)}"

    async def revision(self) -> str | None:
        """Return the revision of the schema; None where there is none yet."""
        from bot.store.engine.migrate import revision_of

        async with self._reader.connect() as connection:
            return await connection.run_sync(revision_of)

    async def is_too_new(self) -> bool:
        """Whether a newer version made the schema, and says that code as old as this can't use it."""
        from bot.store.engine.migrate import is_too_new

        async with self._reader.connect() as connection:
            return await connection.run_sync(is_too_new)

    def news(self) -> AbstractAsyncContextManager[News]:
        """Hear of changes that open pages show, on a connection of its own, as long as the block lasts."""
        from bot.store.engine.news import listening

        return listening(self._url)

    def hold(self) -> bool:
        """Hold an SQLite file for this process alone; False where that can't be, as on PostgreSQL.

        Raises ServedAlready, and OSError where the directory can't be written.
        """
        return self._sole is not None and self._sole.take()

    def writing(self, *, at_once: bool = False, first: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a transaction that commits at the end of the block, and rolls back on an exception.

        Keep it short, and never wait for the network in it: an SQLite file has one writer at a time. Say
        `at_once` where somebody waits and every statement finds its few rows by key: SQLite then runs them
        without a change of threads, and nothing else runs meanwhile. Say `first` where something is noted that
        has happened already.
        """
        if self._one is not None:
            return self._changing(self._one.begin(at_once=at_once, first=first))
        return self._changing(self._writer.begin())

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a transaction that sees one state of the data and changes nothing."""
        if self._one is not None and self._reader is self._writer:
            return self._looking(self._one.begin())  # in memory, one connection carries one transaction
        return self._looking(self._reader.begin())

    @asynccontextmanager
    async def _changing(self, begun: AbstractAsyncContextManager[AsyncConnection]) -> AsyncIterator[UnitOfWork]:
        began = time.perf_counter()
        try:
            async with begun as connection:
                tx = UnitOfWork(connection, self.clock.now())
                yield tx
        except Exception as error:
            if has_no_room(error):
                self.no_room = time.monotonic(), error
            raise
        finally:
            self.timed("write", time.perf_counter() - began)
        if tx.forgot:
            self.wipe()
        else:
            self._disk.written()

    @asynccontextmanager
    async def _looking(self, begun: AbstractAsyncContextManager[AsyncConnection]) -> AsyncIterator[UnitOfWork]:
        began = time.perf_counter()
        try:
            async with begun as connection:
                yield UnitOfWork(connection, self.clock.now())
        finally:
            self.timed("read", time.perf_counter() - began)

    def wipe(self) -> None:
        """See to it that what was deleted goes from the log, too, soon and without holding anybody up.

        SQLAlchemy keeps each statement as it was first compiled, with the values of that time: those go as well.
        """
        for engine in (self._writer, self._reader):
            engine.clear_compiled_cache()
        self._disk.written(forgot=True)

    async def carried_over(self) -> None:
        """Return once the log of an SQLite file is short again, for a job that writes much."""
        await self._disk.carried_over()

    async def safe(self) -> None:
        """Return once everything committed so far would survive a power cut.

        On PostgreSQL every commit does, as its `synchronous_commit` has it. Raises NotOnDisk.
        """
        await self._disk.forced()
