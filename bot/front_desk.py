"""Where messengers hand in what people say: written down first, then answered in the person's own lane."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from bot.lanes import Lanes
from bot.receive import Reception
from bot.store import InboxRow
from programme.messages import Incoming

log = logging.getLogger(__name__)

BEHIND = 200
"""So many messages waiting for their answer, and announcements pause until it is half of that."""


@dataclass(slots=True)
class FrontDesk:
    """Takes messages in and has each answered in `tasks`, one person's after the other."""

    reception: Reception
    tasks: asyncio.TaskGroup
    behind: bool = False
    _lanes: Lanes = field(default_factory=Lanes)
    _ours: set[int] = field(default_factory=set)

    @property
    def waiting(self) -> int:
        """How many messages were taken and are not answered yet."""
        return len(self._ours)

    async def take(self, incoming: Incoming) -> None:
        """Return once the message is written down: from then on the messenger may forget it."""
        row = await self.reception.take(incoming)
        if row is not None:
            self._answer(row)

    async def take_up_again(self) -> int:
        """Answer what a crash left behind, here or in another process; return how many that were."""
        rows = [row for row in await self.reception.left_over() if row.id not in self._ours]
        for row in rows:
            self._answer(row)
        return len(rows)

    def _answer(self, row: InboxRow) -> None:
        async def answer() -> None:
            try:
                await self.reception.answer(row)
            finally:
                self._ours.discard(row.id)
                self._look_up()

        self._ours.add(row.id)
        self._look_up()
        self._lanes.run((row.incoming.channel, row.incoming.address), answer, self.tasks)

    def _look_up(self) -> None:
        """Notice that answers fall behind, and that they have caught up."""
        if not self.behind and self.waiting >= BEHIND:
            self.behind = True
            log.warning("%d messages wait for an answer: announcements pause", self.waiting)
        elif self.behind and self.waiting <= BEHIND // 2:
            self.behind = False
            log.warning("answers have caught up: announcements go on")
