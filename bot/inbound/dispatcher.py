"""Inbound dispatcher: takes messages from all channels, one person's in order, people side by side."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.inbound.processor import InboxProcessor
from bot.inbound.serial_executor import SerialExecutor, Slot
from bot.inbound.turn_handler import Decided
from bot.outbound.traffic_observer import TrafficObserver
from bot.store import InboxRow
from bot.store.repositories.dead_letters import TRIES
from bot.store.throttled_log import ThrottledLog
from bot.store.unavailable import is_away
from programme.model.messages import Incoming

log = logging.getLogger(__name__)

Take = Callable[[Incoming], Awaitable[InboxRow | Decided | None]]

BEHIND = 200
"""So many messages waiting for their answer, and broadcasts pause until it is half of that."""

MOST = 100
"""So many messages are taken over at a time, and the others left to whoever else has room."""

HELD_EVERY = 5.0
"""Seconds after which other processes are shown, at the latest, that what is in hand here still is."""


@dataclass(slots=True)
class InboundDispatcher:
    """Takes messages in and has each answered in `tasks`, one person's after the other."""

    inbox_processor: InboxProcessor
    tasks: asyncio.TaskGroup
    behind: bool = False
    waiting: int = 0
    """How many messages came in whose answer is not sent yet."""
    _executor: SerialExecutor = field(default_factory=SerialExecutor)
    _ours: set[int] = field(default_factory=set)
    _failed: set[int] = field(default_factory=set)
    _waiting_behind: frozenset[tuple[str, str]] = frozenset()
    _room: asyncio.Event = field(default_factory=asyncio.Event)
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "messages that are taken up again"))

    def __post_init__(self) -> None:
        self._look_up()

    @property
    def side_by_side(self) -> int:
        """How many people it is worth to take in at the same time: as many as can really write at once."""
        return self.inbox_processor.store.writers

    @property
    def _observer(self) -> TrafficObserver:
        return self.inbox_processor.sender.observer

    async def take(self, incoming: Incoming) -> None:
        """Return once the message is written down; after `safe` the channel may forget it.

        Where nothing of the person is under way, the answer is decided in the same transaction.
        """
        place, begun = self._enter(incoming), time.monotonic()
        earlier_ones_wait = place.key in self._waiting_behind
        taking: Take = self.inbox_processor.decide if place.first else self.inbox_processor.take
        try:
            taken = await self._taken(incoming, self.inbox_processor.leave if earlier_ones_wait else taking)
        except BaseException:
            self._leave(place)
            raise
        if taken is None or (earlier_ones_wait and isinstance(taken, InboxRow)):
            self._leave(place)
        else:
            self._finish(place, taken, begun)

    async def _taken(self, incoming: Incoming, taking: Take) -> InboxRow | Decided | None:
        """Write a message down, trying a few times; one that no store takes must not stop those behind it.

        A store that is away is the channel's to wait for. Raises what it raises.
        """
        for attempt in range(1, TRIES + 1):
            try:
                return await taking(incoming)
            except Exception as error:
                if is_away(error):
                    raise
                if attempt == TRIES:
                    return await self.inbox_processor.set_aside(incoming, error)
                if taking == self.inbox_processor.decide:
                    taking = self.inbox_processor.take
        return None

    async def safe(self) -> None:
        """Return once everything taken so far would survive a power cut."""
        await asyncio.sleep(0)  # what was just decided goes out first
        await self.inbox_processor.store.safe()

    async def look_back(self) -> int:
        """Find out who has something waiting that nobody has in hand; return how many messages that are."""
        found, self._waiting_behind = await self.inbox_processor.waiting(self._ours)
        return found

    async def catch_up(self) -> int:
        """Answer all that was left behind, as quickly as room gets free; return how many that were.

        Each is tried once. Whoever has something there waits behind it with what they write meanwhile.
        """
        if not self._waiting_behind:
            await self.look_back()
        taken = after = 0
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(HELD_EVERY):
                    await self._room.wait()
            most = MOST if self._room.is_set() else 0
            rows = await self._take_over(most, after=after)
            taken += len(rows)
            if most and len(rows) < most:
                self._waiting_behind = frozenset()
                return taken
            after = rows[-1].id if rows else after

    async def _take_over(self, most: int, *, after: int = 0) -> Sequence[InboxRow]:
        rows = await self.inbox_processor.left_over(self._ours, limit=most, after=after)
        for row in rows:
            waited = (self.inbox_processor.store.clock.now() - row.incoming.at).total_seconds()
            self._finish(self._enter(row.incoming), row, time.monotonic() - max(waited, 0.0))
        return rows

    def _enter(self, incoming: Incoming) -> Slot:
        self.waiting += 1
        self._look_up()
        return self._executor.enter((incoming.channel, incoming.address))

    def _leave(self, place: Slot) -> None:
        place.leave()
        self.waiting -= 1
        self._look_up()

    def _finish(self, place: Slot, taken: InboxRow | Decided, begun: float) -> None:
        if isinstance(taken, InboxRow):
            self._ours.add(taken.id)
            self.tasks.create_task(self._answer(place, taken, begun))
        elif taken.replies:
            self.tasks.create_task(self._send(place, taken, begun))
        else:
            self._leave(place)

    async def _answer(self, place: Slot, row: InboxRow, begun: float) -> None:
        try:
            await place.turn()
            if await self.inbox_processor.answer(row) is not None:
                self._observer.replied(row.incoming.channel, time.monotonic() - begun)
            if row.id in self._failed:
                await self.inbox_processor.worked(row)
                self._failed.discard(row.id)
        except Exception as error:  # one message must not end the process
            await self._count(row, error)
        finally:
            self._ours.discard(row.id)
            self._leave(place)

    async def _count(self, row: InboxRow, error: Exception) -> None:
        """Tell of a failure, which is the store's, or counted: one that fails again and again is set aside."""
        self._trouble.tell(error, "inbox row %s could not be answered and is taken up again", row.id)
        if is_away(error):
            return
        self._failed.add(row.id)
        try:
            if await self.inbox_processor.failed(row, error):
                self._failed.discard(row.id)
        except Exception as worse:
            self._trouble.tell(worse, "the failure of inbox row %s could not be counted", row.id)

    async def _send(self, place: Slot, decided: Decided, begun: float) -> None:
        try:
            await self.inbox_processor.send(decided)
            self._observer.replied(decided.replies[0].channel, time.monotonic() - begun)
        finally:
            self._leave(place)

    def _look_up(self) -> None:
        """Notice that answers fall behind, that they have caught up, and whether there is room for older ones."""
        if self.waiting <= MOST // 2:
            self._room.set()
        else:
            self._room.clear()
        if not self.behind and self.waiting >= BEHIND:
            self.behind = True
            log.warning("%d messages wait for an answer: announcements pause", self.waiting)
        elif self.behind and self.waiting <= BEHIND // 2:
            self.behind = False
            log.warning("answers have caught up: announcements go on")
