"""Writers of an SQLite database, one task at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.store.engine.sqlite import SQLiteEngine
from bot.store.engine.writer_turn import WriterTurn
from bot.store.unit_of_work import UnitOfWork


class OneWriter:
    """Lets tasks through one after the other; calls `written` after each commit."""

    def __init__(
        self,
        engine: SQLiteEngine,
        written: Callable[[bool], None],
        failed: Callable[[Exception], None],
        turn: WriterTurn,
    ) -> None:
        """`written` hears whether somebody was forgotten. Whoever holds `turn` has the file to themselves."""
        self._engine, self._turn = engine, turn
        self._written, self._failed = written, failed
        self._holder: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def transaction(self, *, at_once: bool = False, first: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a transaction; `at_once`, its statements run on the loop's thread; `first`, ahead of others."""
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("this task has a transaction open already, and would wait for itself")
        async with self._turn.held(first=first):
            self._holder = task
            try:
                async with self._engine.begin(at_once=at_once) as connection:
                    tx = UnitOfWork(connection)
                    yield tx
            except Exception as error:
                self._failed(error)
                raise
            finally:
                self._holder = None
        self._written(tx.forgot)
