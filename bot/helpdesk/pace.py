"""How fast a group may be written to: Telegram takes 20 messages a minute into one group."""

from __future__ import annotations

import asyncio
from collections import deque

PER_MINUTE = 20
MINUTE = 60.0
_LOOK_AGAIN = 0.5  # seconds; a freeze may end early


class Pace:
    """Counts what went into one group over a sliding minute; seconds are the loop's."""

    def __init__(self, per_minute: int = PER_MINUTE, minute: float = MINUTE) -> None:
        self._most = per_minute
        self._minute = minute
        self._sent: deque[float] = deque()
        self._frozen_until = 0.0

    def free(self) -> int:
        """Return how many messages may go out at this moment."""
        now = asyncio.get_running_loop().time()
        while self._sent and self._sent[0] <= now - self._minute:
            self._sent.popleft()
        return 0 if now < self._frozen_until else self._most - len(self._sent)

    def freeze(self, seconds: float) -> None:
        """Let nothing out for a while: Telegram asked for it."""
        self._frozen_until = asyncio.get_running_loop().time() + seconds

    async def turn(self) -> None:
        """Wait until one more may go out, and count it."""
        await self.opening()
        self._sent.append(asyncio.get_running_loop().time())

    async def opening(self) -> None:
        """Wait until one more may go out."""
        while self.free() <= 0:
            now = asyncio.get_running_loop().time()
            oldest = self._sent[0] + self._minute - now if len(self._sent) >= self._most else 0.0
            await asyncio.sleep(min(max(oldest, self._frozen_until - now, 0.001), _LOOK_AGAIN))
