"""Monitor: looks at the queues, tells the log every minute, and pauses broadcasts while answers are behind."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.app.health import complaints, look, one_line
from bot.inbound.dispatcher import BEHIND
from bot.outbound.sender import Sender
from bot.store.repositories.queue_stats import QueueStats
from bot.store.throttled_log import ThrottledLog

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
TELL_EVERY = 60.0
"""Seconds."""


@dataclass(slots=True)
class Monitor:
    """Looks for all processes together, for it looks into the store.

    `behind` is true from `BEHIND` messages that wait for their answer on, until it is half of that. `whatsapp_tier`
    is as in `complaints`. `also` look at more, right after it.
    """

    sender: Sender
    whatsapp_tier: int | None = None
    behind: bool = False
    also: list[Callable[[QueueStats], Awaitable[None]]] = field(default_factory=list)
    queue_stats: QueueStats | None = None
    _settled: int = 0
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "looks at what waits"))

    async def run(self, stop: asyncio.Event, every: float = LOOK_EVERY) -> None:
        """Look until `stop` is set; a store that is away is looked for again."""
        until_told = TELL_EVERY
        while not stop.is_set():
            try:
                async with asyncio.timeout(every):
                    await stop.wait()
            except TimeoutError:
                await self._try_to_look()
            until_told -= every
            if until_told <= 0:
                self.tell()
                until_told = TELL_EVERY

    async def look(self) -> QueueStats:
        """Read the queues, and note whether answers are behind."""
        async with self.sender.store.reading() as tx:
            self.queue_stats = queue_stats = await look(tx)
        self.behind = queue_stats.inbox.waiting >= (BEHIND // 2 if self.behind else BEHIND)
        return queue_stats

    @property
    def complaints(self) -> list[str]:
        """What waits for too long or is wrong, as of the last look; empty before one."""
        return [] if self.queue_stats is None else complaints(self.queue_stats, self.whatsapp_tier)

    def tell(self) -> None:
        """Tell the log how things stand, what this process has sent since the last time, and what is wrong."""
        settled = self.sender.settlements.written - self._settled
        self._settled += settled
        if self.queue_stats is None:
            return
        log.info("%d settled here in the last minute; %s", settled, one_line(self.queue_stats))
        for complaint in self.complaints:
            log.warning("%s", complaint)

    async def _try_to_look(self) -> None:
        try:
            stats = await self.look()
            for looks in self.also:
                await looks(stats)
        except Exception as error:
            self._trouble.tell(error, "it can't be told what waits")
