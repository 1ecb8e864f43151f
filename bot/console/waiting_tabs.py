"""Waiting tabs: pages without a browser, as none has connected to them yet, or as theirs was lost."""

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


COMES_BACK: Final = 60.0
"""Seconds for which a page is kept for a browser that was lost, as in a lift or on the way to another application: it
goes on as it was. One that comes later loads it anew, and what was typed and not told yet is gone."""

MOST_LOST: Final = 20
"""So many may be kept for so long at once."""

GONE: Final = 3.0
"""Seconds for which others are kept: those that said that they go, and those behind so many."""

EVERY: Final = 5.0
"""Seconds between two looks at how long they have waited."""


@dataclass(slots=True, eq=False)
class WaitingTabs:
    """Lets go of pages that nobody came back for: NiceGUI keeps each for a minute, a thousand of them a gigabyte.

    A browser that is later than that, or behind so many others, loads its page again by itself.
    """

    _since: dict[Client, float] = field(default_factory=dict)
    _lost: set[Client] = field(default_factory=set)
    _going: set[Client] = field(default_factory=set)

    @property
    def waiting(self) -> int:
        """How many tabs wait."""
        return len(self._since)

    def came(self, client: Client) -> None:
        """Have a page that has just been drawn wait for its browser; the one that waits longest gives way."""
        self._since[client] = time.monotonic()
        client.on_connect(lambda: self._forget(client))
        client.on_disconnect(lambda: self._lose(client))
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

    def goes(self, client: Client) -> None:
        """Hear from a browser that it leaves this page, and won't come back to it."""
        self._going.add(client)

    def _lose(self, client: Client) -> None:
        """Say how long a page is kept; NiceGUI asks for that next. The page's settings are this client's own."""
        stays = client not in self._going and len(self._lost) < MOST_LOST
        client.page.reconnect_timeout = COMES_BACK if stays else GONE
        if stays:
            self._lost.add(client)

    def _forget(self, client: Client) -> None:
        self._since.pop(client, None)
        self._lost.discard(client)
        self._going.discard(client)


def _let_go(client: Client) -> None:
    if not client.is_deleted:
        client.delete()
