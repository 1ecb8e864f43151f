"""Rate smoother: spreads what one worker sends over the slots that it leased from the shared bucket."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.rate_limit.budget import TALKING, Grant, TokenBucket
from bot.rate_limit.shares import USED
from bot.store.throttled_log import ThrottledLog

log = logging.getLogger(__name__)

CATCH_UP = 0.02
"""So many seconds' worth of missed slots may be used at once."""

LOST = 0.25
"""A slot missed by more than so many seconds is lost, unless it is the only one that was missed."""

_GRAIN = 0.01  # seconds; slots nearer to each other are used together, to wake up less often
_AHEAD = 0.2  # seconds of slots to lease at a time, within these bounds:
_FEWEST, _MOST = 3, 200
_FLUSH = 0.1  # seconds within which messages that went out at once are counted
_RETRY = 0.5  # seconds before the budget is asked again after it could not be reached


@dataclass(slots=True)
class SlotUse:
    """When a slot was, and when it was used."""

    slot: float
    at: float


class RateSmoother:
    """Gives out moments to send. `run` must be running for `slot` ever to return.

    Over any second, a worker uses no more slots than the budget's rate: a slot that was used late holds
    back the one a full window after it.
    """

    def __init__(self, budget: TokenBucket, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._budget = budget
        self._now = monotonic
        self._slots: deque[float] = deque()
        self._waiting: deque[asyncio.Future[SlotUse]] = deque()
        self._used: deque[SlotUse] = deque()  # in the order of their slots
        self._last = 0.0  # the latest slot that was ever leased
        self._earliest = 0.0
        self._frozen_until = 0.0
        self._freeze_for = 0.0  # still to be told to the others
        self._unpaid = 0  # messages that went out without a slot
        self._talking = False
        self._told_at = -TALKING
        self._timer: asyncio.TimerHandle | None = None
        self._wakes_at = 0.0
        self._wake = asyncio.Event()
        self._trouble = ThrottledLog(log, "times that the rate budget was asked in vain", monotonic=monotonic)
        self.running = False

    @property
    def rate(self) -> float:
        """Return the messages a second that the account may send."""
        return self._budget.rate

    @property
    def frozen_for(self) -> float:
        """Return for how many seconds the channel wants to hear nothing; 0 if it listens."""
        return max(self._frozen_until - self._now(), 0.0)

    async def slot(self) -> SlotUse:
        """Return when it is time to send one message; whoever sends it later asks `used`."""
        waiter: asyncio.Future[SlotUse] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        self._serve()
        try:
            use = await waiter
        except asyncio.CancelledError:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            raise
        use.at = self._now()
        return use

    def used(self, use: SlotUse) -> bool:
        """Note that a slot is used only now; False where it is lost by now, and another one is needed."""
        now = self._now()
        if use.slot < self._late(now):
            return False
        use.at = now
        return True

    def spend(self) -> None:
        """Count a message that goes out now: it takes the place of one that would have gone next."""
        if self._slots:
            self._use(self._now())
        else:
            self._unpaid += 1
        self._talking = True
        self._wake.set()

    def freeze(self, seconds: float) -> None:
        """Stop for exactly so long, and have all workers stop."""
        until = self._now() + seconds
        if until > self._frozen_until:
            self._freeze_for = seconds
            self._freeze(until)

    async def run(self) -> None:
        """Lease slots as they are needed, until cancelled; a store that can't be reached is waited for."""
        self.running = True
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._try_to_settle_up()
        finally:
            self.running = False

    async def _try_to_settle_up(self) -> None:
        try:
            await self._settle_up()
        except Exception as error:
            self._trouble.tell(error, "the rate budget can't be asked, trying again")
            await asyncio.sleep(_RETRY)
            self._wake.set()

    async def _settle_up(self) -> None:
        if self._freeze_for:
            await self._budget.freeze(self._frozen_until - self._now())
            self._freeze_for = 0.0
        if self._wants_slots():
            self._take(await self._budget.lease(self._block()))
        elif self._unpaid or self._talk_untold():
            await asyncio.sleep(_FLUSH)
        await self._tell_talk()

    async def _tell_talk(self) -> None:
        if not self._unpaid and not self._talk_untold():
            return
        unpaid, self._unpaid, self._talking = self._unpaid, 0, False
        try:
            granted = await self._budget.spend(unpaid)
        except BaseException:
            self._unpaid += unpaid
            self._talking = True
            raise
        self._told_at = self._now()
        if granted.frozen_for:
            self._freeze(self._now() + granted.frozen_for)

    def _talk_untold(self) -> bool:
        return self._talking and self._now() - self._told_at > TALKING / 4

    def _wants_slots(self) -> bool:
        return bool(self._waiting) and not self.frozen_for and len(self._slots) <= self._block()

    def _block(self) -> int:
        return min(max(round(self.rate * _AHEAD), _FEWEST), _MOST)

    def _take(self, granted: Grant) -> None:
        # An answer that was long on its way would put its slots on top of those that were leased after it.
        first = max(self._now() + granted.begins_in, self._last + granted.apart)
        self._last = first + max(granted.slots - 1, 0) * granted.apart
        self._slots.extend(first + place * granted.apart for place in range(granted.slots))
        if granted.frozen_for:
            self._freeze(self._now() + granted.frozen_for)
        self._serve()

    def _freeze(self, until: float) -> None:
        self._frozen_until = max(self._frozen_until, until)
        self._slots.clear()
        self._wake.set()
        self._serve()

    def _serve(self) -> None:
        """Let go whoever has a slot by now, and come back when the next one is due."""
        now = self._now()
        self._drop_lost(now)
        while self._waiting and self._slots and self._open_at() <= now:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(self._use(now))
        if self._waiting:
            self._come_back(now)

    def _use(self, now: float) -> SlotUse:
        while self._used and self._used[0].slot <= self._window_start():
            self._earliest = max(self._earliest, self._used.popleft().at + 1.0)
        use = SlotUse(self._slots.popleft(), now)
        self._used.append(use)
        return use

    def _drop_lost(self, now: float) -> None:
        late = self._late(now)
        while self._slots and self._slots[0] < late and self._open_at() < late:
            self._slots.popleft()

    def _come_back(self, now: float) -> None:
        if self._wants_slots():
            self._wake.set()
        at = max(self._open_at() if self._slots else self._frozen_until, now + _GRAIN)
        if self._timer is not None:
            if self._wakes_at <= at:
                return
            self._timer.cancel()
            self._timer = None
        if self._slots or self.frozen_for:
            self._wakes_at = at
            self._timer = asyncio.get_running_loop().call_later(at - now, self._woken)

    def _woken(self) -> None:
        self._timer = None
        self._serve()

    def _late(self, now: float) -> float:
        """Return before when a slot that wasn't used is lost."""
        return now - max(LOST, 1 / self.rate)

    def _window_start(self) -> float:
        """Return the slot a full window before the next one."""
        return self._slots[0] - 1 / USED + 1e-6

    def _open_at(self) -> float:
        """Return when the next slot may be used: a second after the one a full window before it was.

        What was missed is made up for by and by.
        """
        earliest, window_start = self._earliest, self._window_start()
        for use in self._used:
            if use.slot > window_start:
                break
            earliest = max(earliest, use.at + 1.0)
        at_once = max(round(self.rate * CATCH_UP), 1)
        calm = self._used[-at_once].at + _GRAIN if len(self._used) >= at_once else 0.0
        return max(self._slots[0], earliest, self._frozen_until, calm)
