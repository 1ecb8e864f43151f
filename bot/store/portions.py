"""Batching: much work in short transactions with a breath in between, so that no reply waits for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count

from bot.store import Store, UnitOfWork

Portion = Callable[[UnitOfWork, int], Awaitable[int]]
"""Does the next few of something; returns 0, or False, where nothing is left."""

LONGEST = 0.006
"""Seconds that a portion may take; a slower disk gets smaller ones."""

BREATH = 0.01
"""Seconds between two portions, for whoever waits to write."""

_FEWEST, _MOST = 50, 250
_CARRIED = 5  # portions, until what they wrote is carried over


@dataclass(slots=True)
class Portions:
    """Finds out as it goes how many rows may be touched at a time."""

    store: Store
    few: int = 100

    async def take(self, portion: Portion) -> None:
        """Take one portion after the other until nothing is left."""
        for number in count(1):
            if not await self._one(portion):
                return
            await asyncio.sleep(BREATH)
            if number % _CARRIED == 0:
                await self.store.carried_over()

    async def _one(self, portion: Portion) -> int:
        async with self.store.writing() as tx:
            began = time.monotonic()
            done = await portion(tx, self.few)
        took = time.monotonic() - began  # with the commit
        if took > LONGEST:
            self.few = max(_FEWEST, self.few // 2)
        elif took < LONGEST / 2:
            self.few = min(_MOST, self.few + self.few // 4)
        return done
