"""A second look at what waited too long between its claim and its sending: is it still wanted?

Workers that share a rate hold more than they can send in a moment, and a freeze, a picture to draw or a busy
processor holds up anybody. One question to the store is about everything that waits in the same line.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.parcel import Parcel
from bot.store import Store
from programme.clock import Clock
from programme.messages import UNASKED

log = logging.getLogger(__name__)

FRESH = 0.4
"""Seconds for which an answer of the store is good.

A worker alone on its rate has 0.3 s in hand and never asks twice; and with the way to the messenger, nobody
who reported buying hears of it a second later.
"""

_AT_LEAST = FRESH / 2  # seconds for which even a slow answer is good, or a slow store would be asked for ever


class SecondLook:
    """Looks again at the parcels of one line."""

    def __init__(self, store: Store, clock: Clock, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock, self._now = store, clock, monotonic
        self._turn = asyncio.Lock()

    def is_due(self, parcel: Parcel) -> bool:
        """Tell whether it must not be sent before it was looked at again. An answer is always wanted."""
        return self._now() - parcel.looked_at > FRESH and parcel.claimed.delivery.kind in UNASKED

    async def take(self, parcel: Parcel, waiting: Callable[[], Iterable[Parcel]]) -> None:
        """Set whether it is wanted, and of those `waiting` likewise."""
        async with self._turn:
            if not self.is_due(parcel):
                return  # it was taken along
            these = [each for each in (parcel, *waiting()) if each.claimed.delivery.kind in UNASKED]
            asked = self._now()
            wanted = await self._wanted([each.claimed.id for each in these])
            looked_at = max(asked, self._now() - _AT_LEAST)
            for each in these:
                each.looked_at, each.wanted = looked_at, each.claimed.id in wanted

    async def _wanted(self, ids: Sequence[int]) -> Collection[int]:
        """Ask the store; where it is away nothing is known to be wanted, and all goes back to be claimed anew."""
        try:
            async with self._store.reading() as tx:
                return await tx.outbox.still_wanted(ids, self._clock.now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("the store can't be asked about %d messages, they go back: %s", len(ids), type(error).__name__)
            return ()
