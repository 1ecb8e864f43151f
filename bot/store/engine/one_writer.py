"""The one connection that writes to an SQLite database, kept open, for one task at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.engine.driver import AtOnce, Connection
from bot.store.engine.writer_turn import WriterTurn
from bot.store.unit_of_work import UnitOfWork


class OneWriter:
    """Lets tasks through one after the other; calls `written` after each commit."""

    def __init__(
        self,
        engine: AsyncEngine,
        written: Callable[[bool], None],
        failed: Callable[[Exception], None],
        *,
        threads: bool,
        turn: WriterTurn | None = None,
    ) -> None:
        """Without `threads`, every statement runs at once. `written` hears whether somebody was forgotten.

        Whoever holds `turn` has the file to themselves.
        """
        self._engine, self._threads = engine, threads
        self._written, self._failed = written, failed
        self._turn = turn or WriterTurn()
        self._holder: asyncio.Task[object] | None = None
        self._open: tuple[AsyncConnection, Connection] | None = None

    @asynccontextmanager
    async def transaction(self, *, at_once: bool = False, first: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a transaction; `at_once`, its statements run on the loop's thread; `first`, ahead of others."""
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("this task has a transaction open already, and would wait for itself")
        async with self._turn.held(first=first):
            self._holder = task
            try:
                connection, driver = await self._opened()
                driver.at_once = at_once or not self._threads
                try:
                    if driver.at_once:
                        async with AtOnce(connection, driver) as quick:
                            tx = UnitOfWork(cast(AsyncConnection, quick))
                            yield tx
                    else:
                        async with connection.begin():
                            tx = UnitOfWork(connection)
                            yield tx
                finally:
                    driver.rollback()  # a commit that failed leaves its transaction open
            except Exception as error:
                self._failed(error)
                raise
            finally:
                self._holder = None
        self._written(tx.forgot)

    async def _opened(self) -> tuple[AsyncConnection, Connection]:
        if self._open is None or self._open[0].invalidated:
            await self.close()
            connection = await self._engine.connect()
            driver: Any = (await connection.get_raw_connection()).driver_connection
            self._open = connection, driver
        return self._open

    async def close(self) -> None:
        """Give the connection back."""
        if self._open is not None:
            await self._open[0].close()
            self._open = None
