"""Makes the demonstration's time pass: it plays, pauses, speeds up and jumps, skipping nothing that is due."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.demo.timeline import Timeline
from programme.model.zones import Zone

START: Final = datetime(2021, 10, 18, 9, tzinfo=Zone.WIB.tz)
"""Monday before the cutoff of wave 21, when its participants had three days left."""

SPEEDS: Final = (1, 60, 3600, 21600)
"""Seconds of the programme in one real second."""


@dataclass(slots=True, repr=False, eq=False)
class DemoClock:
    """Moves a timeline from outside; it never waits by itself. Whoever owns it calls `tick`."""

    timeline: Timeline
    start: datetime = START
    speed: int = 1
    playing: bool = True
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    def now(self) -> datetime:
        """Return the programme's moment in UTC."""
        return self.timeline.clock.now()

    async def tick(self, seconds: float) -> None:
        """Let so many real seconds pass at the chosen speed. Time in which it was busy is not made up for."""
        if not self.playing or self._moving.locked():
            return
        async with self._moving:
            await self.timeline.advance(self.now() + timedelta(seconds=seconds * self.speed))

    async def jump(self, to: datetime) -> None:
        """Go to `to`. Forwards, all that falls due on the way happens at its own moment."""
        async with self._moving:
            await self.timeline.advance(to)

    async def settle(self) -> None:
        """Do what is due right now, as after somebody spoke while the clock stands still."""
        await self.jump(self.now())

    async def restart(self) -> None:
        """Go back to the start, at the pace of real time."""
        self.speed, self.playing = 1, True
        async with self._moving:
            self.timeline.clock.set(self.start)
