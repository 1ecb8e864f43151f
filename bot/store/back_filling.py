"""The job that does what migrations left: in portions, so that nobody who writes waits for it."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from bot.store import Store, UnitOfWork
from bot.store.portions import Portions

log = logging.getLogger(__name__)


@dataclass(slots=True)
class BackFilling:
    """Can be run at any moment, again and again, by several processes; what was cut off goes on where it was.

    `at_a_time` are the seconds after which it leaves the rest to its next run, for a job is to end now and then.
    """

    store: Store
    at_a_time: float = 20.0

    async def run(self) -> None:
        """Go on with what is not finished."""
        until = time.monotonic() + self.at_a_time
        async with self.store.reading() as tx:
            left = await tx.back_fills.unfinished()
        for each in left:
            await self._go_on(each.name, until)

    async def _go_on(self, name: str, until: float) -> None:
        more = True

        async def portion(tx: UnitOfWork, few: int) -> bool:
            nonlocal more
            more = time.monotonic() >= until or await tx.back_fills.go_on(name, few)
            return more and time.monotonic() < until

        await Portions(self.store).take(portion)
        if not more:
            log.info("the back-fill %s is done", name)
