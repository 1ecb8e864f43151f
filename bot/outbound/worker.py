"""The worker: claims the next batch while it sends the one before, and settles what was sent meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.outbound.queue_entry import QueueEntry
from bot.outbound.retry_policy import postponed
from bot.outbound.send_queue import SendQueue
from bot.outbound.sender import Sender
from bot.outbound.settlements import FEW
from bot.store.throttled_log import ThrottledLog
from programme.model.deliveries import Claimed, DeliveryId, Settlement
from programme.model.messages import Kind, Message

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
POLL = 1.0
"""Seconds after which the store is looked at even though nobody told of new rows."""

_BATCH, _FEWEST = 1000, 25
_URGENT = (Kind.REPLY, Kind.STAFF, Kind.REMINDER)
_FRESH = 0.3  # seconds' worth of paced sending to have in hand
_PORTION = 0.05  # seconds' worth to claim at a time: a reply waits meanwhile
_SETTLE_EVERY, _SETTLE_AT = 0.05, 500  # seconds, deliveries
_JUMP = 1 / 8  # of a lease
_FAILED = 1.0  # seconds between tries while the store is away, or does not understand us


class Worker:
    """Sends what is due, in every channel at once."""

    def __init__(
        self, sender: Sender, monotonic: Callable[[], float] = time.monotonic, lease: timedelta = LEASE
    ) -> None:
        self._sender, self._now, self._lease = sender, monotonic, lease
        self._store, self._clock, self._wake = sender.store, sender.clock, sender.wake
        self._composer, self._settlements = sender.composer, sender.settlements
        self._queues: dict[str, SendQueue] = {}
        self._room = asyncio.Event()
        self._full = asyncio.Event()
        self._stopping = False
        self._in_hand = 0
        self._drift: float | None = None
        self._trouble = ThrottledLog(log, "tries to find out what is due", monotonic=monotonic)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; then let what is under way arrive, and settle it."""
        async with asyncio.TaskGroup() as tasks:
            background = self._background(tasks)
            claiming = tasks.create_task(self._claim_for_ever(tasks))
            await stop.wait()
            self._stopping = True
            self._room.set()
            self._wake.set()
            await claiming
            for queue in self._queues.values():
                queue.clear(0.0, "stopping")
            await self._finish(background)

    async def drain(self) -> int:
        """Send everything that is due now; return how many deliveries were settled."""
        before = self._settlements.written
        async with asyncio.TaskGroup() as tasks:
            background = self._background(tasks)
            while await self._claim(tasks) or await self._all_settled():
                await self._have_at_most(self._batch() // 2)
            await self._finish(background)
        return self._settlements.written - before

    async def _all_settled(self) -> bool:
        """Let everything in hand arrive and be settled; False where that was the case before."""
        if not self._in_hand and not self._settlements.noted:
            return False
        await self._have_at_most(0)
        await self._settlements.write()
        return True

    async def _have_at_most(self, few: int) -> None:
        while self._in_hand > few:
            self._room.clear()
            await self._room.wait()

    def _background(self, tasks: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
        smoothers = [smoother for smoother in self._sender.smoothers.values() if not smoother.running]
        return [
            tasks.create_task(self._keep_settling()),
            *(tasks.create_task(smoother.run()) for smoother in smoothers),
        ]

    async def _finish(self, background: Sequence[asyncio.Task[None]]) -> None:
        for queue in self._queues.values():
            await queue.idle()
        for task in background:
            task.cancel()
        await self._settlements.write()

    async def _claim_for_ever(self, tasks: asyncio.TaskGroup) -> None:
        while not self._stopping:
            pause = self._pause()
            if pause > 0:
                await self._rest(pause)
                continue
            try:
                came = await self._claim(tasks)
            except SQLAlchemyError as error:  # not even a mistake of ours may stop what is on its way elsewhere
                self._trouble.tell(error, "what is due can't be claimed, trying again")
                await self._rest(_FAILED)
                continue
            if not came:
                await self._rest(POLL)
            while self._in_hand > self._enough() and not self._stopping and self._pause() <= 0:
                self._room.clear()
                await self._room.wait()

    def _pause(self) -> float:
        """Return for how many seconds no channel at all wants anything."""
        frozen = self._frozen()
        return min((frozen.get(name, 0.0) for name in self._sender.channels), default=0.0)

    def _frozen(self) -> dict[str, float]:
        """Return the channels that want nothing now, each with the seconds for which that holds."""
        waits = {name: smoother.frozen_for for name, smoother in self._sender.smoothers.items()}
        waits |= {name: queue.quiet_for for name, queue in self._queues.items()}
        return {name: wait for name, wait in waits.items() if wait > 0}

    async def _rest(self, seconds: float) -> None:
        """Wait for new rows, or so long."""
        self._wake.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    def _batch(self) -> int:
        """Return how many to claim at a time."""
        return min(max(round(self._rate() * _PORTION), _FEWEST), _BATCH) if self._sender.smoothers else _BATCH

    def _enough(self) -> int:
        """Return with how many in hand no more are claimed: few, so that the check is fresh at the sending."""
        return max(round(self._rate() * (_FRESH - _PORTION)), self._batch() // 2)

    def _rate(self) -> float:
        return sum(smoother.rate for smoother in self._sender.smoothers.values())

    async def _claim(self, tasks: asyncio.TaskGroup) -> int:
        """Take the next batch in hand; return how many that were."""
        await self._mind_the_clock()
        expires = self._now() + self._lease.total_seconds() / 2
        most = self._batch()
        async with self._store.writing(at_once=most <= FEW) as tx:
            kinds = _URGENT if self._sender.answers_behind() else None
            frozen = {name: tx.now + timedelta(seconds=wait) for name, wait in self._frozen().items()}
            looked_at = self._now()
            claimed = await tx.outbox.claim(limit=most, lease=self._lease, kinds=kinds, frozen=frozen)
        self._sender.observer.closed(tx.outbox.closed)
        if claimed:
            words = await self._composer.words_of(claimed)
            self._in_hand += len(claimed)
            for channel, theirs in self._entries(claimed, words, expires, looked_at).items():
                self._queue(channel, tasks).put(theirs)
        return len(claimed)

    def _entries(
        self,
        claimed: Sequence[Claimed],
        words: Mapping[DeliveryId, Message | Settlement],
        expires: float,
        looked_at: float,
    ) -> Mapping[str, Sequence[QueueEntry]]:
        """Sort what has words by channel; what has none is settled already."""
        entries: dict[str, list[QueueEntry]] = defaultdict(list)
        for one in claimed:
            message = words[one.id]
            if isinstance(message, Settlement):
                self._note(message)
            else:
                entries[one.channel].append(QueueEntry(one, message, expires, looked_at))
        return entries

    async def _mind_the_clock(self) -> None:
        """After a jump of the clock our own leases look run out: settle what is in hand before claiming again."""
        drift = self._clock.now().timestamp() - self._now()
        if self._drift is not None and abs(drift - self._drift) > self._lease.total_seconds() * _JUMP:
            await self._have_at_most(0)
            await self._settlements.write()
        self._drift = drift

    def _queue(self, channel: str, tasks: asyncio.TaskGroup) -> SendQueue:
        if channel not in self._queues:
            ways = self._carry, self._give_back, self._still_wanted, partial(self._sender.warm, channel)
            smoother = self._sender.smoothers.get(channel)
            self._queues[channel] = SendQueue(*ways, tasks, smoother=smoother, monotonic=self._now)
        return self._queues[channel]

    async def _still_wanted(self, ids: Sequence[DeliveryId]) -> Collection[DeliveryId]:
        """Ask the store; where it can't tell, nothing is known to be wanted: after a while it goes back."""
        try:
            async with self._store.reading() as tx:
                return await tx.outbox.still_wanted(ids)
        except SQLAlchemyError as error:
            self._trouble.tell(error, "it can't be asked what is still wanted, that goes back")
            await asyncio.sleep(_FAILED)
            return ()

    async def _carry(self, entry: QueueEntry) -> None:
        one = entry.claimed
        self._note(await self._sender.carry(one, entry.message, self._queues[one.channel].heed))

    def _give_back(self, entry: QueueEntry, seconds: float, reason: str) -> None:
        self._note(postponed(entry.claimed, self._clock.now(), seconds, reason))

    def _note(self, settlement: Settlement) -> None:
        noted = self._settlements.note(settlement)
        self._in_hand -= 1
        if noted >= _SETTLE_AT:
            self._full.set()
        if self._in_hand <= self._enough():
            self._room.set()

    async def _keep_settling(self) -> None:
        while True:
            try:
                async with asyncio.timeout(_SETTLE_EVERY):
                    await self._full.wait()
            except TimeoutError:
                pass
            self._full.clear()
            await self._settlements.write()


async def deliver_due(sender: Sender) -> int:
    """Send everything that is due now; return how many deliveries were settled."""
    return await Worker(sender).drain()
