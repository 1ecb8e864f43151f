"""Where messengers hand in what people say: written down first, then answered in the person's own lane."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.lanes import Lanes
from bot.receive import Reception
from bot.store import InboxRow
from programme.messages import Incoming


@dataclass(slots=True)
class FrontDesk:
    """Takes messages in and has each answered in `tasks`, one person's after the other."""

    reception: Reception
    tasks: asyncio.TaskGroup
    _lanes: Lanes = field(default_factory=Lanes)

    async def take(self, incoming: Incoming) -> None:
        """Return once the message is written down: from then on the messenger may forget it."""
        row = await self.reception.take(incoming)
        if row is not None:
            self._answer(row)

    async def take_up_again(self) -> int:
        """Answer what was written down before a crash; return how many that were."""
        rows = await self.reception.left_over()
        for row in rows:
            self._answer(row)
        return len(rows)

    def _answer(self, row: InboxRow) -> None:
        async def answer() -> None:
            await self.reception.answer(row)

        self._lanes.run((row.incoming.channel, row.incoming.address), answer, self.tasks)
