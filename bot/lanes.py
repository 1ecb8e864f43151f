"""Runs jobs side by side, those of one person one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable


class Lanes:
    """A lane for each key: its jobs run in the order in which they came."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Task[None]] = {}

    def run(self, key: Hashable, job: Callable[[], Awaitable[None]], tasks: asyncio.TaskGroup) -> None:
        """Start `job` in `tasks` once the earlier jobs of `key` are done."""
        task = tasks.create_task(self._after(self._last.get(key), job))
        self._last[key] = task
        task.add_done_callback(lambda done: self._leave(key, done))

    async def _after(self, earlier: asyncio.Task[None] | None, job: Callable[[], Awaitable[None]]) -> None:
        if earlier is not None:
            await asyncio.wait([earlier])
        await job()

    def _leave(self, key: Hashable, done: asyncio.Task[None]) -> None:
        if self._last.get(key) is done:
            del self._last[key]
