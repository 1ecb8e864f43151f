"""How many may look at the page at once: it must never take what answers on Telegram need."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from nicegui import Client
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.headers import HEADERS
from bot.demo.visitor_limit import Pace

VISITS: Final = (30, 1.0)
ALL_VISITS: Final = (40, 0.2)
"""How many pages may be opened at once, and then one every so many seconds: from one address, and by everybody."""

MOST_WAITING: Final = 60
"""So many opened pages may wait for their browser to come back by socket: each holds about 400 kB for a minute."""

MOST_OPEN: Final = 400
BREATH: Final = 0.05
"""Seconds between two pages, in which whoever waits on Telegram is answered."""

_ADDRESSES: Final = 5_000
_BUSY: Final = "Sedang ramai sekali. Coba buka lagi sebentar lagi, ya."


def _pages() -> tuple[int, int]:
    """Count the pages whose browser has not come back yet, and all that are open."""
    clients = tuple(Client.instances.values())
    return sum(not client.has_socket_connection for client in clients), len(clients)


class Visits:
    """Lets pages be opened as long as there is room for them."""

    def __init__(self, pages: Callable[[], tuple[int, int]] = _pages) -> None:
        self._pages = pages
        self._all = Pace(*ALL_VISITS)
        self._by_address: OrderedDict[str, Pace] = OrderedDict()

    def may_open(self, address: str, now: float) -> bool:
        """Tell whether one more page may be opened from `address`."""
        waiting, open_ = self._pages()
        if waiting >= MOST_WAITING or open_ >= MOST_OPEN:
            return False
        theirs = self._by_address.setdefault(address, Pace(*VISITS))
        self._by_address.move_to_end(address)
        if len(self._by_address) > _ADDRESSES:
            self._by_address.popitem(last=False)
        return theirs.take(now) and self._all.take(now)


class Doorkeeper:
    """Turns visitors away while there is no room for one more page."""

    def __init__(self, app: ASGIApp, visits: Visits | None = None, breath: float = BREATH) -> None:
        self._app, self._visits, self._breath = app, visits or Visits(), breath
        self._one_by_one = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or ask to come back later."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
        elif self._may_open(scope):
            async with self._one_by_one:  # building one takes 20 ms of the loop: others have their turn in between
                await self._app(scope, receive, send)
                await asyncio.sleep(self._breath)
        else:
            busy = PlainTextResponse(_BUSY, status_code=503, headers={**HEADERS, "Retry-After": "10"})
            await busy(scope, receive, send)

    def _may_open(self, scope: Scope) -> bool:
        client = scope.get("client")
        return self._visits.may_open(client[0] if client else "", asyncio.get_running_loop().time())
