"""Serial executor: tasks with the same key run one after the other, all others side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable


class SerialExecutor:
    """A queue for each key: first in, first out."""

    def __init__(self) -> None:
        self._last: dict[Hashable, Slot] = {}

    def enter(self, key: Hashable) -> Slot:
        """Take the next place in a queue; it must be left again."""
        place = self._last[key] = Slot(self, key, self._last.get(key))
        return place

    def forget(self, place: Slot) -> None:
        """Drop a queue whose last place this was."""
        if self._last.get(place.key) is place:
            del self._last[place.key]


class Slot:
    """A place in a queue."""

    def __init__(self, executor: SerialExecutor, key: Hashable, before: Slot | None) -> None:
        self.key = key
        self._executor, self._before = executor, before
        self._left = asyncio.Event()

    @property
    def first(self) -> bool:
        """Whether nobody is ahead."""
        return self._before is None

    async def turn(self) -> None:
        """Return once everybody ahead has left."""
        if self._before is not None:
            await self._before.finished()
            self._before = None

    async def finished(self) -> None:
        """Return once this place was left."""
        await self._left.wait()

    def leave(self) -> None:
        """Let the next one have their turn."""
        self._left.set()
        self._executor.forget(self)
