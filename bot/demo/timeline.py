"""Moves a set clock forward, stopping at every moment at which something falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from programme.model.clock import SetClock

_STEP = timedelta(seconds=1)


class TimedJobs(Protocol):
    """What falls due by the clock: reminders, broadcasts, deliveries."""

    async def run(self) -> int:
        """Do what is due now; return how much that was."""
        ...

    async def next_moment(self) -> datetime | None:
        """Return the next moment in UTC at which there is something to do."""
        ...


@dataclass(slots=True)
class Timeline:
    """The time of a demonstration or a script: it runs as fast as it is asked to, and skips nothing."""

    clock: SetClock
    jobs: TimedJobs

    async def advance(self, to: datetime) -> None:
        """Move to `to`, doing on the way what falls due, each at its own moment. Backwards just sets it."""
        while (step := await self.jobs.next_moment()) is not None and step <= to:
            self.clock.set(max(step, self.clock.now()))
            if await self.jobs.run() == 0:
                self.clock.set(min(self.clock.now() + _STEP, to))
                if self.clock.now() >= to:
                    break
        self.clock.set(to)
        await self.jobs.run()
