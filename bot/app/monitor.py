"""Keeps an eye on what waits: tells the log every minute, and holds announcements back while answers are behind."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from bot.app.health import complaints, look, one_line
from bot.inbound.dispatcher import BEHIND
from bot.outbound.sender import Courier
from bot.store.repositories.queue_stats import Pulse
from bot.store.throttled_log import Outage

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
TELL_EVERY = 60.0
"""Seconds."""


@dataclass(slots=True)
class Watch:
    """Looks for all processes together, for it looks into the store.

    `behind` is true from `BEHIND` messages that wait for their answer on, until it is half of that.
    """

    courier: Courier
    behind: bool = False
    pulse: Pulse | None = None
    _settled: int = 0
    _outage: Outage = field(default_factory=lambda: Outage(log, "looks at what waits"))

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

    async def look(self) -> Pulse:
        """Read the pulse, and note whether answers are behind."""
        async with self.courier.store.reading() as tx:
            self.pulse = pulse = await look(tx, self.courier.clock.now())
        self.behind = pulse.inbox.waiting >= (BEHIND // 2 if self.behind else BEHIND)
        return pulse

    def tell(self) -> None:
        """Tell the log how things stand, what this process has sent since the last time, and what is wrong."""
        settled = self.courier.ledger.written - self._settled
        self._settled += settled
        if self.pulse is None:
            return
        log.info("%d settled here in the last minute; %s", settled, one_line(self.pulse))
        for complaint in complaints(self.pulse):
            log.warning("%s", complaint)

    async def _try_to_look(self) -> None:
        try:
            await self.look()
        except Exception as error:
            self._outage.tell(error, "it can't be told what waits")
