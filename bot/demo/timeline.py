"""Moves a set clock forward, stopping at every moment at which something falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app.jobs import Errands
from programme.clock import SetClock

_STEP = timedelta(seconds=1)


@dataclass(slots=True)
class Timeline:
    """The time of a demonstration or a script: it runs as fast as it is asked to, and skips nothing."""

    clock: SetClock
    errands: Errands

    async def advance(self, to: datetime) -> None:
        """Move to `to`, doing on the way what falls due, each at its own moment. Backwards just sets it."""
        while (step := await self.errands.next_moment()) is not None and step <= to:
            self.clock.set(max(step, self.clock.now()))
            if await self.errands.run() == 0:
                self.clock.set(min(self.clock.now() + _STEP, to))
                if self.clock.now() >= to:
                    break
        self.clock.set(to)
        await self.errands.run()
