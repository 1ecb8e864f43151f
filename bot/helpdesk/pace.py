"""How fast a group may be written to: Telegram takes 20 messages a minute into one group."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.store import Store
from bot.store.group_turns import Turn

PER_MINUTE = 20
MINUTE = 60.0
_LOOK_AGAIN = 0.5  # seconds; a freeze may end early


@dataclass(frozen=True, slots=True)
class SharedTurns:
    """One group's turns as all processes see them."""

    store: Store
    room: str
    monotonic: Callable[[], float] = time.monotonic

    async def take(self, most: int, minute: float) -> Turn:
        """Ask for a turn."""
        async with self.store.writing() as tx:
            return await tx.turns.take(self.room, most, minute, self.monotonic())

    async def freeze(self, seconds: float) -> None:
        """Hold everybody off."""
        async with self.store.writing() as tx:
            await tx.turns.freeze(self.room, seconds, self.monotonic())


class Pace:
    """Counts what went into one group over a sliding minute; seconds are the loop's.

    With `shared` turns it counts what other processes sent as well.
    """

    def __init__(self, per_minute: int = PER_MINUTE, minute: float = MINUTE, shared: SharedTurns | None = None) -> None:
        self._most = per_minute
        self._minute = minute
        self._shared = shared
        self._sent: deque[float] = deque()
        self._frozen_until = 0.0

    def free(self) -> int:
        """Return how many messages may go out at this moment, as far as known here."""
        now = asyncio.get_running_loop().time()
        while self._sent and self._sent[0] <= now - self._minute:
            self._sent.popleft()
        return 0 if now < self._frozen_until else self._most - len(self._sent)

    def freeze(self, seconds: float) -> None:
        """Let nothing out of this process for a while."""
        self._frozen_until = asyncio.get_running_loop().time() + seconds

    async def hold(self, seconds: float) -> None:
        """Let nothing out for a while, from no process: Telegram asked for it."""
        self.freeze(seconds)
        if self._shared is not None:
            await self._shared.freeze(seconds)

    async def turn(self) -> None:
        """Wait until one more may go out, and count it."""
        while True:
            await self.opening()
            if self._shared is None:
                self._sent.append(asyncio.get_running_loop().time())
                return
            turn = await self._shared.take(self._most, self._minute)
            self._adopt(turn)
            if turn.granted:
                return

    async def opening(self) -> None:
        """Wait until one more may go out, as far as known here."""
        while self.free() <= 0:
            now = asyncio.get_running_loop().time()
            oldest = self._sent[0] + self._minute - now if len(self._sent) >= self._most else 0.0
            await asyncio.sleep(min(max(oldest, self._frozen_until - now, 0.001), _LOOK_AGAIN))

    def _adopt(self, turn: Turn) -> None:
        now = asyncio.get_running_loop().time()
        self._sent = deque(now - age for age in turn.ages)
        if turn.frozen_for > 0:
            self.freeze(turn.frozen_for)
