"""Waiting tabs: pages that were drawn and that no browser has connected to yet."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from nicegui import Client

MOST: Final = 12
"""Tabs that may wait at once in a process. Each holds about half a megabyte, so this bounds what is never used."""

LONGEST: Final = 30.0
"""Seconds that one may wait: a phone on a slow line takes some."""


EVERY: Final = 5.0
"""Seconds between two looks at how long they have waited."""


@dataclass(slots=True, eq=False)
class WaitingTabs:
    """Lets go of pages that nobody came back for: NiceGUI keeps each for a minute, a thousand of them a gigabyte.

    A browser that is later than that, or behind so many others, loads its page again by itself.
    """

    _since: dict[Client, float] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """How many tabs wait."""
        return len(self._since)

    def came(self, client: Client) -> None:
        """Have a page that has just been drawn wait for its browser; the one that waits longest gives way."""
        self._since[client] = time.monotonic()
        client.on_connect(lambda: self._forget(client))
        client.on_delete(lambda: self._forget(client))
        while len(self._since) > MOST:
            _let_go(next(iter(self._since)))

    async def keep_few(self) -> None:
        """Let go of those that wait too long, as long as the process lives."""
        while True:
            await asyncio.sleep(EVERY)
            self.let_go()

    def let_go(self, longest: float = LONGEST) -> None:
        """Let go of those that wait for longer than so many seconds."""
        until = time.monotonic() - longest
        for client in [each for each, since in self._since.items() if since <= until]:
            _let_go(client)

    def _forget(self, client: Client) -> None:
        self._since.pop(client, None)


def _let_go(client: Client) -> None:
    if not client.is_deleted:
        client.delete()
