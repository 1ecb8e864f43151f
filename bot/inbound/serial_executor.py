"""Side by side for different people, one after the other for the same one."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable


class SerialExecutor:
    """A lane for each key: who enters first is served first."""

    def __init__(self) -> None:
        self._last: dict[Hashable, Slot] = {}

    def enter(self, key: Hashable) -> Slot:
        """Take the next place in a lane; it must be left again."""
        place = self._last[key] = Slot(self, key, self._last.get(key))
        return place

    def forget(self, place: Slot) -> None:
        """Drop a lane whose last place this was."""
        if self._last.get(place.key) is place:
            del self._last[place.key]


class Slot:
    """A place in a lane."""

    def __init__(self, lanes: SerialExecutor, key: Hashable, before: Slot | None) -> None:
        self.key = key
        self._lanes, self._before = lanes, before
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
        self._lanes.forget(self)
