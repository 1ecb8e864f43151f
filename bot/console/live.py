"""Live: one look a second at what changed, for the whole process; open pages hear of it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from bot.console.presence import Presence
from bot.store import Store
from bot.store.throttled_log import ThrottledLog

log = logging.getLogger(__name__)

EVERY: Final = 1.0
"""Seconds between two looks."""

Hear = Callable[[], Awaitable[None]]


@dataclass(slots=True, eq=False)
class Live:
    """Pages subscribe as long as they are open; a tab has no timer of its own."""

    store: Store
    presence: Presence = field(default_factory=lambda: Presence(time.monotonic))
    _pages: set[Hear] = field(default_factory=set)
    _seen: tuple[object, ...] | None = None

    @property
    def listening(self) -> int:
        """How many pages listen."""
        return len(self._pages)

    def subscribe(self, hear: Hear) -> Callable[[], None]:
        """Have a page hear of changes; return what ends that."""
        self._pages.add(hear)
        return lambda: self._pages.discard(hear)

    async def run(self) -> None:
        """Look again and again, as long as the process lives; nobody looks where no page is open."""
        trouble = ThrottledLog(log, "times that the console could not look for news")
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.presence.calm()
                await self.look()
            except Exception as error:
                trouble.tell(error, "the console could not look for news, and looks again")

    async def look(self) -> bool:
        """Look once, and tell the open pages if anything changed; tell whether it did."""
        if not self._pages:
            return False
        async with self.store.reading() as tx:
            seen = (await tx.inbox_list.version(), await tx.imports.version())
        changed, self._seen = seen != self._seen, seen
        if changed:
            await self.tell()
        return changed

    async def tell(self) -> None:
        """Have every open page look again."""
        for hear in tuple(self._pages):
            await hear()
