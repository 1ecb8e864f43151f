"""Live: one listener for the whole process; open pages hear of what changed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.console.presence import Presence
from bot.store import Store, UnitOfWork
from bot.store.throttled_log import ThrottledLog

if TYPE_CHECKING:
    from bot.store.engine.news import News

log = logging.getLogger(__name__)

EVERY: Final = 1.0
"""Seconds between two looks where the database tells nothing, or could not be reached."""

RESTS: Final = 10
"""So many times nothing is heard of before somebody looks, where the database tells."""

PAUSE: Final = 0.3
"""Seconds after a change in which further ones are let come together."""

Hear = Callable[[], Awaitable[None]]
Version = Callable[[UnitOfWork], Awaitable[tuple[object, ...]]]
"""Returns something that differs as soon as anything changed of what a page shows."""


async def desk_version(tx: UnitOfWork) -> tuple[object, ...]:
    """Tell complaints, counts and sessions of one moment from those of another."""
    return await tx.inbox_list.version()


async def import_version(tx: UnitOfWork) -> tuple[object, ...]:
    """Tell imports of one moment from those of another."""
    return await tx.imports.version()


async def broadcast_version(tx: UnitOfWork) -> tuple[object, ...]:
    """Tell broadcasts of one moment from those of another."""
    return await tx.broadcasts.version()


_TOLD: Final = frozenset({desk_version})
"""Of what PostgreSQL tells. Broadcasts and imports on their way change too often for a notice each: looked at."""


@dataclass(slots=True, eq=False)
class Live:
    """Pages subscribe as long as they are open; a tab has no timer of its own.

    PostgreSQL tells of changes; SQLite is looked at. A change that was found and not told, as behind a pooler that
    hands out connections by transaction, brings the looks back until something is told again.
    """

    store: Store
    presence: Presence = field(default_factory=lambda: Presence(time.monotonic))
    _pages: dict[Hear, Version] = field(default_factory=dict)
    _seen: dict[Version, tuple[object, ...]] = field(default_factory=dict)

    @property
    def listening(self) -> int:
        """How many pages listen."""
        return len(self._pages)

    def subscribe(self, hear: Hear, version: Version = desk_version) -> Callable[[], None]:
        """Have a page hear of changes in what it shows; return what ends that."""
        self._pages[hear] = version
        return lambda: self._forget(hear)

    def _forget(self, hear: Hear) -> None:
        self._pages.pop(hear, None)

    async def run(self) -> None:
        """Listen as long as the process lives; nobody looks where no page is open."""
        trouble = ThrottledLog(log, "times that the console could not look for news")
        while True:
            try:
                await self.look()  # whether or not it can be listened
                async with self.store.news() as news:
                    await self._listen(news)
            except Exception as error:
                trouble.tell(error, "the console could not look for news, and looks again")
            await asyncio.sleep(EVERY)

    async def _listen(self, news: News) -> None:
        tells, rested = news.tells, 0
        await self.look()  # at what nobody listened to
        while True:
            told, known = await news.come(EVERY), bool(self._seen)
            await self.presence.calm()
            rested += 1
            if tells and known and self._all_told and not told and rested < RESTS:
                continue
            changed, rested = await self.look(), 0
            if told:
                tells = True
                await asyncio.sleep(PAUSE)
            elif changed and known and self._all_told:
                tells = False

    @property
    def _all_told(self) -> bool:
        return set(self._pages.values()) <= _TOLD

    async def look(self) -> bool:
        """Look once, and tell the open pages that show what changed; tell whether anything did."""
        if not self._pages:
            self._seen = {}
            return False
        async with self.store.reading() as tx:
            seen = {version: await version(tx) for version in {*self._pages.values()}}
        changed = {version for version, at in seen.items() if at != self._seen.get(version)}
        self._seen = seen
        await self._tell([hear for hear, version in self._pages.items() if version in changed])
        return bool(changed)

    async def tell(self) -> None:
        """Have every open page look again."""
        await self._tell(tuple(self._pages))

    async def _tell(self, pages: Sequence[Hear]) -> None:
        for hear in pages:
            await hear()
