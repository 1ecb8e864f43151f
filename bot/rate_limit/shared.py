"""Token bucket of an account, shared by all workers through a row of the store."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.rate_limit.budget import Grant
from bot.rate_limit.shared_row import TokenBuckets
from bot.store import Store

CATCH_UP = 0.02
"""Seconds of lost time that may be made up for."""


@dataclass(slots=True)
class SharedTokenBucket:
    """The rate of one account, the same row for every worker."""

    store: Store
    account: str
    rate: float
    monotonic: Callable[[], float] = time.monotonic

    async def open(self) -> None:
        """Set the account's rate, as the settings have it now."""
        async with self.store.writing() as tx:
            await TokenBuckets(tx.connection).open(self.account, self.rate, CATCH_UP)

    async def lease(self, slots: int) -> Grant:
        """Take the next free slots."""
        async with self.store.writing(at_once=True) as tx:
            asked = self.monotonic()
            granted = await TokenBuckets(tx.connection).lease(self.account, slots, asked)
        return replace(granted, begins_in=granted.begins_in - (self.monotonic() - asked))

    async def spend(self, slots: int) -> Grant:
        """Count messages that went out at once."""
        async with self.store.writing(at_once=True) as tx:
            return await TokenBuckets(tx.connection).spend(self.account, slots, self.monotonic())

    async def freeze(self, seconds: float) -> None:
        """Stop everybody for so long."""
        async with self.store.writing(at_once=True) as tx:
            await TokenBuckets(tx.connection).freeze(self.account, seconds, self.monotonic())
