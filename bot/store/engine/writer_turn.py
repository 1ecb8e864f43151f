"""Who may write next: first come first served, and ahead of them all whoever notes what has happened already."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class WriterTurn:
    """A lock with two queues.

    What was sent and is not noted yet would be sent again after a crash; what is not decided yet has only to
    wait. So settlements are let through before decisions. The turn is passed on by way of the event loop, which
    hears of what arrived in between: a hundred decisions in a row never hold it up in one piece.
    """

    def __init__(self) -> None:
        self._taken = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def held(self, *, first: bool) -> AsyncIterator[None]:
        """Have the turn until the block ends; with `first`, before everybody who waits without."""
        await self._take(self._first if first else self._others)
        try:
            yield
        finally:
            asyncio.get_running_loop().call_soon(self._pass_on)

    async def _take(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._taken:
            self._taken = True
            return
        mine = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if mine.cancelled():
                with suppress(ValueError):  # passed over already
                    queue.remove(mine)
            else:
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        for queue in (self._first, self._others):
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._taken = False
