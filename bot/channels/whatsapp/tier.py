"""Tier: how many people a day may be written to who have not written themselves within a day.

Meta counts them over a moving 24 hours, for all numbers of a portfolio together: shared/whatsapp/FACTS,
November 2026. Reminders may use all of it, broadcasts leave a part of it to them.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Final

from bot.channels.channel import Postponed
from bot.channels.whatsapp.addresses import CHANNEL
from bot.store import Store
from bot.store.repositories.channel_accounts import Fact
from bot.store.throttled_log import ThrottledLog
from programme.model.messages import Kind

UNLIMITED: Final = -1
FIRST: Final = 250
"""People a day before Meta has told of more."""

KEPT_FOR_REMINDERS: Final = 0.2
_LOOK_EVERY = 30.0  # seconds
_WRITE_EVERY = 1.0
_SOONEST, _LATEST = 60.0, 3600.0  # seconds until it is worth asking again

_log = logging.getLogger(__name__)


def told_tier(facts: Mapping[str, Fact]) -> int:
    """Return how many people a day Meta told of last; UNLIMITED for no limit, FIRST before it has told."""
    told = facts.get("tier")
    return FIRST if told is None else int(told.value)


class Tier:
    """Counts who is approached, and lets through as many as the day allows.

    `limit` None takes what Meta told last. Of a crash, those of the last second are not counted.
    """

    def __init__(self, store: Store, limit: int | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store, self._set, self._now = store, limit, monotonic
        self._told = FIRST
        self._used = 0
        self._new: set[int] = set()
        self._looked = self._wrote = float("-inf")
        self._turn = asyncio.Lock()
        self._trouble = ThrottledLog(_log, "times that it could not be noted who was written to", monotonic=monotonic)

    @property
    def limit(self) -> int:
        """People within 24 hours; UNLIMITED for no limit."""
        return self._told if self._set is None else self._set

    async def allow(self, person: int | None, kind: Kind) -> None:
        """Let one more person be approached. Raises Postponed where the day's measure is full for this kind."""
        if person is None or person in self._new:
            return
        await self._look()
        full = self.limit != UNLIMITED and self._used + len(self._new) >= self._share(kind)
        if full and not await self._is_known(person):
            raise Postponed(await self._full_for(kind), "as many people as Meta allows a day were written to")
        self._new.add(person)
        if self._now() - self._wrote >= _WRITE_EVERY:
            await self.write()

    async def write(self) -> None:
        """Note who was approached; a store that is away is told of, and they are noted the next time."""
        async with self._turn:
            new, self._wrote = tuple(self._new), self._now()
            if not new:
                return
            try:
                async with self._store.writing() as tx:
                    await tx.accounts.approach(CHANNEL, new)
                    self._used = await tx.accounts.approached_lately(CHANNEL)
            except Exception as error:
                self._trouble.tell(error, "%d people who were written to could not be noted yet", len(new))
            else:
                self._new -= set(new)

    async def _full_for(self, kind: Kind) -> float:
        """Return for how many seconds the day's measure stays full, within what makes sense to wait."""
        async with self._store.reading() as tx:
            free_at = await tx.accounts.next_free(CHANNEL, max(1, int(self._share(kind))))
            left = 0.0 if free_at is None else (free_at - tx.now).total_seconds()
        return min(max(left, _SOONEST), _LATEST)

    async def _is_known(self, person: int) -> bool:
        """Tell whether the person counts already."""
        async with self._store.reading() as tx:
            return await tx.accounts.was_approached(CHANNEL, person)

    def _share(self, kind: Kind) -> float:
        return self.limit * (1 - KEPT_FOR_REMINDERS) if kind is Kind.BROADCAST else self.limit

    async def _look(self) -> None:
        if self._now() - self._looked < _LOOK_EVERY:
            return
        self._looked = self._now()
        async with self._store.reading() as tx:
            self._used = await tx.accounts.approached_lately(CHANNEL)
            self._told = told_tier(await tx.accounts.facts(CHANNEL))
