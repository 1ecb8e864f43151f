"""Writers of an SQLite database, one task at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.sqlite import SQLiteEngine
from bot.store.engine.writer_turn import WriterTurn


class OneWriter:
    """Lets tasks through one after the other. Whoever holds `turn` has the file to themselves."""

    def __init__(self, engine: SQLiteEngine, turn: WriterTurn) -> None:
        self._engine, self._turn = engine, turn
        self._holder: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def begin(self, *, at_once: bool = False, first: bool = False) -> AsyncIterator[AsyncConnection]:
        """Open a transaction; `at_once`, its statements run on the loop's thread; `first`, ahead of others."""
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("this task has a transaction open already, and would wait for itself")
        async with self._turn.held(first=first):
            self._holder = task
            try:
                async with self._engine.begin(at_once=at_once) as connection:
                    yield connection
            finally:
                self._holder = None
