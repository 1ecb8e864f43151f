"""Bounded concurrency over one batch of updates: senders side by side, each sender's updates in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram.courtesy import Courtesy
from bot.channels.telegram.intake import Intake, ReadUpdate


@dataclass(slots=True)
class Batch:
    """Takes in the updates of one poll, up to `most` at the same time.

    One that fails stops those that have not begun: they stay with Telegram, as it does. `be_courteous` is
    called with the call that an update deserves.
    """

    intake: Intake
    most: int
    be_courteous: Callable[[Courtesy], object]
    failures: dict[int, Exception] = field(default_factory=dict)
    """What went wrong, by the update's number."""
    _last: dict[Hashable, asyncio.Task[None]] = field(default_factory=dict)

    async def admit(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Return once every update is written down, or none is under way any more after a failure."""
        free = asyncio.Semaphore(self.most)
        async with asyncio.TaskGroup() as tasks:
            for raw in updates:
                await free.acquire()  # before it is read: reading many in a row would hold up the loop
                if self.failures:
                    return
                update = self.intake.read(raw)
                admitting = tasks.create_task(self._one(update, self._last.get(update.sender)))
                admitting.add_done_callback(lambda _: free.release())
                self._last[update.sender] = admitting

    async def _one(self, update: ReadUpdate, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait((before,))
        if self.failures:
            return
        try:
            courtesy = await self.intake.keep(update)
        except Exception as error:
            assert update.number is not None  # noqa: S101 - without one nothing is kept that could fail
            self.failures[update.number] = error
        else:
            if courtesy is not None:
                self.be_courteous(courtesy)
