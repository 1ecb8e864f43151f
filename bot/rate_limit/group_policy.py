"""Rate limiter of a group: 20 acts a minute on Telegram, people's words before all else."""

from __future__ import annotations

import asyncio
import math
from collections import deque

from bot.rate_limit.group_row import SharedWindow, WindowGrant

PER_MINUTE = 20
MINUTE = 60.0
_LOOK_AGAIN = 0.5  # seconds; a freeze may end early
_KEPT = 1 / 2  # of the turns, for what people say
_QUIET = 0.9  # of the turns free, and nothing is going on


class GroupRateLimiter:
    """Counts what went into one group over a sliding minute; seconds are the loop's.

    With `shared` turns it counts what other processes sent as well.
    """

    def __init__(
        self, per_minute: int = PER_MINUTE, minute: float = MINUTE, shared: SharedWindow | None = None
    ) -> None:
        self._most = per_minute
        self._minute = minute
        self._shared = shared
        self._sent: deque[float] = deque()
        self._words: deque[float] = deque()  # those of them for which somebody waited
        self._spared_at = -minute
        self._frozen_until = 0.0

    def free(self) -> int:
        """Return how many messages may go out at this moment, as far as known here."""
        now = asyncio.get_running_loop().time()
        while self._sent and self._sent[0] <= now - self._minute:
            self._sent.popleft()
        return 0 if now < self._frozen_until else self._most - len(self._sent)

    def spare(self) -> bool:
        """Tell whether something may go out for which nobody waits, such as a card's new hour.

        Half of the turns are kept for what people say, and more where they say much; the others are spread over
        the minute, for words that come in a burst would find them gone.
        """
        now, free = asyncio.get_running_loop().time(), self.free()
        while self._words and self._words[0] <= now - self._minute:
            self._words.popleft()
        lately = len(self._words)
        kept = max(self._most * _KEPT, lately + 3 * math.sqrt(lately))
        apart = self._minute / (self._most * (1 - _KEPT))
        return free > kept and (free >= self._most * _QUIET or now - self._spared_at >= apart)

    def freeze(self, seconds: float) -> None:
        """Let nothing out of this process for a while."""
        self._frozen_until = asyncio.get_running_loop().time() + seconds

    async def hold(self, seconds: float) -> None:
        """Let nothing out for a while, from no process: Telegram asked for it."""
        self.freeze(seconds)
        if self._shared is not None:
            await self._shared.freeze(seconds)

    async def turn(self, *, spare: bool = False) -> None:
        """Wait until one more may go out, and count it: as a `spare` one, or as one for which somebody waits."""
        while not await self._taken():
            pass
        now = asyncio.get_running_loop().time()
        if spare:
            self._spared_at = now
        else:
            self._words.append(now)

    async def _taken(self) -> bool:
        await self.opening()
        if self._shared is None:
            self._sent.append(asyncio.get_running_loop().time())
            return True
        turn = await self._shared.take(self._most, self._minute)
        self._adopt(turn)
        return turn.granted

    async def opening(self) -> None:
        """Wait until one more may go out, as far as known here."""
        while self.free() <= 0:
            now = asyncio.get_running_loop().time()
            oldest = self._sent[0] + self._minute - now if len(self._sent) >= self._most else 0.0
            await asyncio.sleep(min(max(oldest, self._frozen_until - now, 0.001), _LOOK_AGAIN))

    def _adopt(self, turn: WindowGrant) -> None:
        now = asyncio.get_running_loop().time()
        self._sent = deque(now - age for age in turn.ages)
        if turn.frozen_for > 0:
            self.freeze(turn.frozen_for)
