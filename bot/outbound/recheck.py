"""Recheck of what waited too long between its claim and its sending: is it still wanted?

Workers that share a rate hold more than they can send in a moment, and a freeze, a picture to draw or a busy
processor holds up anybody. One question to the store is about everything that waits in the same queue, and is
asked ahead of time, so that nobody waits for the answer unless it takes long.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence

from bot.outbound.queue_entry import QueueEntry
from programme.model.deliveries import DeliveryId
from programme.model.messages import UNASKED

Ask = Callable[[Sequence[DeliveryId]], Awaitable[Collection[DeliveryId]]]
"""Tells which of these deliveries are wanted as before."""

FRESH = 0.6
"""Seconds for which an answer of the store is good, from when it was asked; a slow one 0.2 s from when it came.

So whoever reports buying may be told 0.6 s later, or as long as that answer takes and 0.2 s: the longer of both.
Only a connection that must be opened in the middle of a wave adds to it.
"""

_AHEAD = 0.4  # seconds after which to ask again; a worker alone on its rate has 0.3 s in hand and never does


class Recheck:
    """Rechecks the deliveries of one queue: those `waiting`, and those whose turn it is."""

    def __init__(
        self,
        ask: Ask,
        tasks: asyncio.TaskGroup,
        waiting: Callable[[], Iterable[QueueEntry]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._tasks, self._waiting, self._now = ask, tasks, waiting, monotonic
        self._stopped: set[QueueEntry] = set()  # whose turn it is, were they fresh
        self._under_way: asyncio.Task[None] | None = None

    def is_due(self, entry: QueueEntry) -> bool:
        """Tell whether an entry whose turn it is must not go before it was looked at again; answers always may."""
        age = self._now() - entry.looked_at
        if age < _AHEAD or entry.claimed.delivery.kind not in UNASKED:
            return False
        self._begin()
        return age > FRESH

    async def take(self, entry: QueueEntry) -> None:
        """Return once it is known whether it is `wanted` now."""
        self._stopped.add(entry)
        try:
            while self.is_due(entry):
                await asyncio.wait([self._begin()])
        finally:
            self._stopped.remove(entry)

    def _begin(self) -> asyncio.Task[None]:
        if self._under_way is None or self._under_way.done():
            self._under_way = self._tasks.create_task(self._look())
        return self._under_way

    async def _look(self) -> None:
        these = [each for each in (*self._stopped, *self._waiting()) if each.claimed.delivery.kind in UNASKED]
        asked = self._now()
        wanted = await self._ask([each.claimed.id for each in these]) if these else ()
        looked_at = max(asked, self._now() - _AHEAD)  # even a slow answer is good for a moment, or it would never end
        for each in these:
            each.looked_at, each.wanted = looked_at, each.claimed.id in wanted
