"""Send queue of one channel: the most urgent first, each person in order, a few tasks side by side."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain

from bot.channels.channel import ChannelStopped
from bot.outbound.queue_entry import QueueEntry, State
from bot.outbound.recheck import Ask, Recheck
from bot.rate_limit import RateSmoother
from bot.rate_limit.smoother import SlotUse
from programme.model.messages import UNASKED, Kind

PER_CHAT = 1.0
"""Seconds between two messages in bulk to one person on a paced channel."""

_UNPACED = 64  # messages under way at once
_LATENCY = 0.5  # seconds of latency that a paced channel may have without slowing us down
_AT_LEAST, _AT_MOST = 16, 512
WAITING, BEHIND, RECHECKING, SENDING, RETURNED = State

Carry = Callable[[QueueEntry], Awaitable[None]]
Warm = Callable[[int], Awaitable[None]]
Return = Callable[[QueueEntry, float, str], None]


class SendQueue:
    """Sends entries by `carry`; gives back by `give_back` (with seconds to wait) what can't be sent now.

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
        self._waiting: dict[Kind, deque[QueueEntry]] = {kind: deque() for kind in Kind}
        self._bulk = tuple(self._waiting[kind] for kind in UNASKED)
        self._all = self._open = tuple(self._waiting.values())  # `_open` are those that are taken from
        self._behind: dict[str, deque[QueueEntry]] = {}  # who has a message under way, and what comes after it
        self._recheck = Recheck(still_wanted, tasks, lambda: chain(*self._all), monotonic)
        self._recent: tuple[dict[str, float], dict[str, float]] = ({}, {})
        self._turned_at = 0.0
        self._quiet_until, self._quiet_because = 0.0, "throttled"
        self._running: set[asyncio.Task[None]] = set()
        self._idle: set[asyncio.Task[None]] = set()
        at_once = _UNPACED if smoother is None else round(smoother.rate * _LATENCY)
        self._at_once = min(max(at_once, _AT_LEAST), _AT_MOST)

    async def idle(self) -> None:
        """Return once nothing is under way."""
        while self._running:
            await asyncio.wait(self._running)

    @property
    def quiet_for(self) -> float:
        """Return for how many seconds the channel wants nothing; 0 if it listens."""
        quiet_for = max(self._quiet_until - self._now(), 0.0)
        return quiet_for if self._smoother is None else max(quiet_for, self._smoother.frozen_for)

    def put(self, entries: Sequence[QueueEntry]) -> None:
        """Take entries. After a rest connections may have been closed: those in bulk wait until some are open."""
        for entry in entries:
            self._waiting[entry.claimed.delivery.kind].append(entry)
        if not self._running and self._open is self._all and any(self._bulk):
            self._open = tuple(queue for kind, queue in self._waiting.items() if kind not in UNASKED)
            self._tasks.create_task(self._warm_up())
        self._start_task()

    def heed(self, failure: ChannelStopped) -> None:
        """Give back what waits for a channel that wants nothing now, to be checked anew when it does."""
        self.clear(max(failure.retry_after, self.quiet_for), type(failure).__name__.lower())

    def clear(self, seconds: float, reason: str) -> None:
        """Give back what isn't under way, and whatever would be within `seconds`, to be taken again after these."""
        self._quiet_until, self._quiet_because = max(self._quiet_until, self._now() + seconds), reason
        for queue in self._all:
            while queue:
                self._move(queue.popleft(), RETURNED, seconds, reason)
        for task in tuple(self._idle):
            task.cancel()

    async def _warm_up(self) -> None:
        await self._warm(sum(map(len, self._bulk)))
        self._open = self._all
        self._start_task()

    def _start_task(self) -> None:
        """Keep one task looking for work as long as there is any."""
        if not self._idle and len(self._running) < self._at_once and any(self._open):
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
        while any(self._open):
            self._idle.add(me)
            slot = await self._smoother.slot() if self._smoother is not None else None
            entry = self._next()
            self._idle.discard(me)
            if entry is None:
                return
            self._start_task()
            await self._send(entry, slot)

    def _next(self) -> QueueEntry | None:
        """Take the most urgent entry that may go now; the others on the way find their place."""
        for queue in self._open:
            while queue:
                entry = queue.popleft()
                if self._step(entry) in (RECHECKING, SENDING):
                    return entry
        return None

    async def _send(self, entry: QueueEntry, slot: SlotUse | None) -> None:
        """Send an entry whose turn it is, and then what came for the same person meanwhile, in order."""
        address = entry.claimed.address
        behind = self._behind[address] = deque()
        try:
            while True:
                while entry.state is RECHECKING:
                    await self._recheck.take(entry)
                    self._step(entry, slot)
                if entry.state is SENDING:
                    await self._carry(entry)
                if not behind:
                    return
                entry, slot = behind.popleft(), None
                self._step(entry)
        finally:
            del self._behind[address]

    def _step(self, entry: QueueEntry, slot: SlotUse | None = None) -> State:
        """Move an entry whose turn it is: the first reason not to send it decides. These are all the rules."""
        if not entry.wanted:
            return self._move(entry, RETURNED, 0.0, "wanted no longer")
        if quiet_for := self.quiet_for:
            return self._move(entry, RETURNED, quiet_for, self._quiet_because)
        if self._now() > entry.expires:
            return self._move(entry, RETURNED, 0.0, "lease nearly over")
        if entry.state is WAITING and entry.claimed.address in self._behind:
            return self._move(entry, BEHIND)
        if too_soon := self._too_soon(entry):
            return self._move(entry, RETURNED, too_soon, "one at a time")
        if self._recheck.is_due(entry):
            return self._move(entry, RECHECKING)
        if entry.state is RECHECKING and self._is_lost(slot):
            return self._move(entry, WAITING)
        return self._move(entry, SENDING)

    def _move(self, entry: QueueEntry, state: State, seconds: float = 0.0, reason: str = "") -> State:
        """Change the state of an entry, and put it where that belongs."""
        entry.state, one = state, entry.claimed
        if state is SENDING and self._smoother is not None:
            self._recent[0][one.address] = self._now()
        elif state is WAITING:
            self._waiting[one.delivery.kind].appendleft(entry)  # for the next slot
        elif state is BEHIND:
            self._behind[one.address].append(entry)
        elif state is RETURNED:
            self._give_back(entry, seconds, reason)
        return state

    def _is_lost(self, slot: SlotUse | None) -> bool:
        return self._smoother is not None and slot is not None and not self._smoother.used(slot)

    def _too_soon(self, entry: QueueEntry) -> float:
        """Return for how many seconds the person is left alone, having been sent something a moment ago."""
        if self._smoother is None:
            return 0.0
        if entry.state is BEHIND:
            return PER_CHAT
        now, address = self._now(), entry.claimed.address
        if now - self._turned_at > PER_CHAT:
            self._recent, self._turned_at = ({}, self._recent[0]), now
        fresh, old = self._recent
        return max(fresh.get(address, old.get(address, -PER_CHAT)) + PER_CHAT - now, 0.0)
