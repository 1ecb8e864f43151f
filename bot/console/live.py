"""Live: one listener for the whole process; open pages hear of what changed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.console.presence import Presence
from bot.console.shared_reads import Reads
from bot.store import Store, UnitOfWork
from bot.store.throttled_log import ThrottledLog

if TYPE_CHECKING:
    from bot.store.engine.news import News

log = logging.getLogger(__name__)

EVERY: Final = 1.0
"""Seconds between two looks where the database tells nothing, or could not be reached."""

RESTS: Final = 10
"""So many times nothing is heard of before somebody looks, where the database tells."""

PAUSE: Final = 0.5
"""Seconds after a change in which further ones are let come together."""

Hear = Callable[[], Awaitable[None]]
Seen = tuple[object, ...]
Version = Callable[[UnitOfWork], Awaitable[Seen]]
"""Returns something that differs as soon as anything changed of what a page shows."""


async def desk_version(tx: UnitOfWork) -> Seen:
    """Tell complaints, counts and sessions of one moment from those of another."""
    return await tx.inbox_list.version()


async def import_version(tx: UnitOfWork) -> Seen:
    """Tell imports of one moment from those of another."""
    return await tx.imports.version()


async def broadcast_version(tx: UnitOfWork) -> Seen:
    """Tell broadcasts of one moment from those of another."""
    return await tx.broadcasts.version()


async def learning_version(tx: UnitOfWork) -> Seen:
    """Tell the model that was trained last, and the one in use, from those of another moment."""
    return await tx.models.latest(), await tx.models.in_use()


_TOLD: Final = frozenset({desk_version})
"""Of what PostgreSQL tells. Broadcasts and imports on their way change too often for a notice each, and models too
seldom for a trigger: these are looked at."""


@dataclass(slots=True, eq=False)
class Listener:
    """An open page: how it hears, what it shows, and which version of that it stands on; None where nobody knows."""

    hear: Hear
    version: Version = desk_version
    seen: Seen | None = None


@dataclass(slots=True, eq=False)
class Live:
    """Pages subscribe as long as they are open; a tab has no timer of its own.

    PostgreSQL tells of changes; SQLite is looked at. A change that was found and not told, as behind a pooler that
    hands out connections by transaction, brings the looks back until something is told again.
    """

    store: Store
    presence: Presence = field(default_factory=lambda: Presence(time.monotonic))
    _pages: dict[Listener, None] = field(default_factory=dict)
    _seen: Mapping[Version, Seen] = field(default_factory=dict)
    _reads: Reads = field(init=False)
    _news: News | None = None
    _one_round: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._reads = Reads(self.store.reading)

    @property
    def listening(self) -> int:
        """How many pages listen."""
        return len(self._pages)

    @property
    def reads(self) -> Reads:
        """What pages that are told at the same time read together."""
        return self._reads

    @property
    def seen(self) -> Mapping[Version, Seen]:
        """What was seen last of all that open pages show. A page that is drawn from now on stands on this or later."""
        return self._seen

    def subscribe(self, page: Listener) -> Callable[[], None]:
        """Have a page hear of changes in what it shows, also of those since what it stands on; return what ends that.

        A page may come back: what changed while its browser was away is a change as well.
        """
        self._pages[page] = None
        return lambda: self._forget(page)

    def _forget(self, page: Listener) -> None:
        self._pages.pop(page, None)

    async def run(self) -> None:
        """Listen as long as the process lives; nobody looks where no page is open."""
        trouble = ThrottledLog(log, "times that the console could not look for news")
        while True:
            try:
                await self.look()  # whether or not it can be listened
                async with self.store.news() as self._news:
                    await self._listen(self._news)
            except Exception as error:
                trouble.tell(error, "the console could not look for news, and looks again")
            await asyncio.sleep(EVERY)

    async def _listen(self, news: News) -> None:
        tells, rested = news.tells, 0
        await self.look()  # at what nobody listened to
        while True:
            told = await news.come(EVERY)
            rested += 1
            if tells and not told and self._known and self._all_told and rested < RESTS:
                continue
            changed, rested = await self.look(), 0
            if told:
                tells = news.tells
                await asyncio.sleep(PAUSE)
            elif changed and self._all_told:
                tells = False

    @property
    def _known(self) -> bool:
        """Whether each open page stands on what was seen last."""
        return all(page.seen is not None and page.seen == self._seen.get(page.version) for page in self._pages)

    @property
    def _all_told(self) -> bool:
        return {page.version for page in self._pages} <= _TOLD

    async def look(self) -> bool:
        """Look once, and tell the pages that stand on something else; tell whether anybody did anything since."""
        async with self._one_round:
            if not self._pages:
                self._seen = {}
                return False
            async with self.store.reading() as tx:
                seen = {version: await version(tx) for version in {page.version for page in self._pages}}
            before, self._seen = self._seen, seen
            self._reads = Reads(self.store.reading)
            for page in tuple(self._pages):
                if page.version in seen and page.seen != seen[page.version]:
                    page.seen = seen[page.version]
                    await page.hear()
        return any(_acted(version, before.get(version, at)) != _acted(version, at) for version, at in seen.items())

    async def tell(self) -> None:
        """Have every open page look again, whether or not anything differs of which it would hear."""
        async with self._one_round:
            self._reads = Reads(self.store.reading)
            for page in tuple(self._pages):
                await page.hear()

    def wake(self) -> None:
        """Have the listener look now, where the database would not tell it of what this process did."""
        if self._news is not None:
            self._news.wake()


def _acted(version: Version, seen: Seen) -> Seen:
    """Return what acts change: what was put off comes back by the hour alone, which no database tells."""
    return seen[:-1] if version is desk_version else seen
