"""The store: where everything lies that must outlive the process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from types import TracebackType

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store import engines
from bot.store.tables import metadata
from bot.store.transaction import Transaction


def open_store(url: str | None) -> Store:
    """Open the store at `url`: `sqlite:///file.db` or `postgresql://...`; None keeps it in memory.

    Nothing is connected until the first transaction. Call `prepare` before it, and `close` at the end:
    an unclosed SQLite file keeps its process from ending. Raises ValueError for any other database.
    """
    return Store(engines.database(url))


class Store:
    """Hands out transactions. Reading never waits for writing, except in memory."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._writer = engines.writer(url)
        self._reader = self._writer
        self._write_turn: AbstractAsyncContextManager[object] = nullcontext()
        self._read_turn: AbstractAsyncContextManager[object] = nullcontext()
        if url.get_backend_name() == "sqlite":
            self._write_turn = _Turn()
            if engines.in_memory(url):
                self._read_turn = self._write_turn  # its one connection carries one transaction
            else:
                self._reader = engines.reader(url)

    async def prepare(self) -> None:
        """Bring the schema to its newest revision; in memory, make it."""
        if engines.in_memory(self._url):
            async with self._writer.begin() as connection:
                await connection.run_sync(metadata.create_all)
            return
        from bot.store.migrate import upgrade

        await upgrade(self._url)

    async def close(self) -> None:
        """Let go of all connections; a store in memory is gone then."""
        await self._writer.dispose()
        await self._reader.dispose()

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that commits at the end of the block, and rolls back on an exception.

        Keep it short, and never wait for the network in it: an SQLite file has one writer at a time.
        """
        return _transaction(self._writer, self._write_turn)

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction that sees one state of the data and changes nothing."""
        return _transaction(self._reader, self._read_turn)


@asynccontextmanager
async def _transaction(engine: AsyncEngine, turn: AbstractAsyncContextManager[object]) -> AsyncIterator[Transaction]:
    async with turn, engine.begin() as connection:
        yield Transaction(connection)


class _Turn:
    """Lets one task at a time through, first come first served."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[object] | None = None

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("this task has a transaction open already, and would wait for itself")
        await self._lock.acquire()
        self._holder = task

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._holder = None
        self._lock.release()
