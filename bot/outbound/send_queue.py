"""Send queue of one channel: the most urgent first, each person in order, a few tasks side by side."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain

from bot.outbound.leased import LeasedDelivery
from bot.outbound.recheck import Ask, Recheck
from bot.rate_limit import RateSmoother
from bot.rate_limit.smoother import SlotUse
from programme.model.deliveries import Claimed
from programme.model.messages import UNASKED, Kind

PER_CHAT = 1.0
"""Seconds between two messages in bulk to one person on a paced channel."""

_UNPACED = 64  # messages under way at once
_LATENCY = 0.5  # seconds of latency that a paced channel may have without slowing us down
_AT_LEAST, _AT_MOST = 16, 512
_RANKS = {kind: rank for rank, kind in enumerate(Kind)}

Carry = Callable[[LeasedDelivery], Awaitable[None]]
Warm = Callable[[int], Awaitable[None]]
Return = Callable[[LeasedDelivery, float, str], None]


class SendQueue:
    """Sends leased deliveries by `carry`; gives back by `give_back` (with seconds to wait) what can't be sent now.

    `warm` opens the connections that so many in bulk need; only these wait for it.
    """

    def __init__(
        self,
        carry: Carry,
        give_back: Return,
        still_wanted: Ask,
        warm: Warm,
        tasks: asyncio.TaskGroup,
        *,
        smoother: RateSmoother | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._carry, self._give_back, self._warm, self._tasks = carry, give_back, warm, tasks
        self._smoother, self._now = smoother, monotonic
        self._look = Recheck(still_wanted, tasks, lambda: chain(*self._waiting), monotonic)
        self._warming: list[LeasedDelivery] | None = None  # what waits for connections being opened
        self._waiting: tuple[deque[LeasedDelivery], ...] = tuple(deque() for _ in Kind)
        self._behind: dict[str, deque[LeasedDelivery]] = {}  # who has a message under way, and what comes after it
        self._recent: tuple[dict[str, float], dict[str, float]] = ({}, {})
        self._turned_at = 0.0
        self._quiet_until, self._quiet_because = 0.0, "throttled"
        self._running: set[asyncio.Task[None]] = set()
        self._idle: set[asyncio.Task[None]] = set()
        at_once = _UNPACED if smoother is None else round(smoother.rate * _LATENCY)
        self._at_once = min(max(at_once, _AT_LEAST), _AT_MOST)
        self.waiting = 0

    async def idle(self) -> None:
        """Return once nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    @property
    def quiet_for(self) -> float:
        """Return for how many seconds the channel wants nothing; 0 if it listens."""
        quiet_for = max(self._quiet_until - self._now(), 0.0)
        return quiet_for if self._smoother is None else max(quiet_for, self._smoother.frozen_for)

    def put(self, leased: Sequence[LeasedDelivery]) -> None:
        """Take deliveries. After a rest connections may have been closed: those in bulk wait until some are open."""
        if self._warming is None and self._running:
            self._put(leased)
            return
        in_bulk = [each for each in leased if each.claimed.delivery.kind in UNASKED]
        self._put([each for each in leased if each.claimed.delivery.kind not in UNASKED])
        if self._warming is not None:
            self._warming += in_bulk
        elif in_bulk:
            self._warming = in_bulk
            self._tasks.create_task(self._warm_up())

    def clear(self, seconds: float, reason: str) -> None:
        """Give back what isn't under way, and whatever would be within `seconds`, to be taken again after these."""
        self._quiet_until, self._quiet_because = max(self._quiet_until, self._now() + seconds), reason
        for queue in (*self._waiting, self._warming or []):
            for each in queue:
                self._give_back(each, seconds, reason)
            queue.clear()
        self.waiting = 0
        for task in tuple(self._idle):
            task.cancel()

    async def _warm_up(self) -> None:
        await self._warm(len(self._warming or ()))
        warmed, self._warming = self._warming or (), None
        self._put(warmed)

    def _put(self, leased: Sequence[LeasedDelivery]) -> None:
        for each in leased:
            self._waiting[_RANKS[each.claimed.delivery.kind]].append(each)
        self.waiting += len(leased)
        self._start_task()

    def _start_task(self) -> None:
        """Keep one task looking for work as long as there is any."""
        if self.waiting and not self._idle and len(self._running) < self._at_once:
            task = self._tasks.create_task(self._work())
            self._running.add(task)
            self._idle.add(task)
            task.add_done_callback(self._task_ended)

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._idle.discard(task)
        self._start_task()

    async def _work(self) -> None:
        me = asyncio.current_task()
        assert me is not None  # noqa: S101 - this is one
        while self.waiting:
            self._idle.add(me)
            slot = await self._smoother.slot() if self._smoother is not None else None
            leased = self._next()
            self._idle.discard(me)
            if leased is None:
                return
            self._start_task()
            await self._send(leased, slot)

    async def _send(self, leased: LeasedDelivery, slot: SlotUse | None) -> None:
        """Send a delivery, and then what came for the same person meanwhile, in order."""
        address = leased.claimed.address
        behind = self._behind[address] = deque()
        try:
            await self._carry_if_wanted(leased, slot)
            while behind:
                later = behind.popleft()
                if self._smoother is not None:
                    self._give_back(later, PER_CHAT, "one at a time")
                elif self._is_ours(later):
                    await self._carry_if_wanted(later, None)
        finally:
            del self._behind[address]

    async def _carry_if_wanted(self, leased: LeasedDelivery, slot: SlotUse | None) -> None:
        if self._look.is_due(leased):
            await self._look.take(leased)
            if not self._is_ours(leased):
                return
            if self._smoother is not None and slot is not None and not self._smoother.used(slot):
                self._put_back(leased)
                return
        if self._smoother is not None:
            self._recent[0][leased.claimed.address] = self._now()
        await self._carry(leased)

    def _put_back(self, leased: LeasedDelivery) -> None:
        """Have it wait for the next slot."""
        self._waiting[_RANKS[leased.claimed.delivery.kind]].appendleft(leased)
        self.waiting += 1

    def _next(self) -> LeasedDelivery | None:
        """Take the most urgent delivery that may go now; the others on the way find their place."""
        for queue in self._waiting:
            while queue:
                leased = queue.popleft()
                self.waiting -= 1
                if self._may_go(leased):
                    return leased
        return None

    def _may_go(self, leased: LeasedDelivery) -> bool:
        if not self._is_ours(leased):
            return False
        address, now = leased.claimed.address, self._now()
        if address in self._behind:
            self._behind[address].append(leased)
            return False
        if self._smoother is None:
            return True
        wait = self._spoken_to(address) + PER_CHAT - now
        if wait > 0:
            self._give_back(leased, wait, "one at a time")
            return False
        return True

    def _is_ours(self, leased: LeasedDelivery) -> bool:
        """Give back what is not ours to send any more, or must not go now."""
        wait = self.quiet_for
        if leased.wanted and not wait and self._now() <= leased.expires:
            return True
        if not leased.wanted:
            self._give_back(leased, 0.0, "wanted no longer")
        else:
            self._give_back(leased, wait, self._quiet_because if wait else "lease nearly over")
        return False

    def _spoken_to(self, address: str) -> float:
        """Return when this person was sent something last, if that was a moment ago."""
        now = self._now()
        if now - self._turned_at > PER_CHAT:
            self._recent, self._turned_at = ({}, self._recent[0]), now
        fresh, old = self._recent
        return fresh.get(address, old.get(address, -PER_CHAT))


def by_channel(claimed: Sequence[Claimed]) -> dict[str, list[Claimed]]:
    """Sort deliveries by their channel."""
    sorted_out: dict[str, list[Claimed]] = defaultdict(list)
    for one in claimed:
        sorted_out[one.channel].append(one)
    return sorted_out
