"""Settlement writer: writes what became of deliveries, many in one transaction; waits for a store that is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.outbound.traffic_observer import UNOBSERVED, TrafficObserver
from bot.store import Store, UnitOfWork
from bot.store.throttled_log import ThrottledLog
from bot.store.unavailable import is_away, sort_of
from programme.model.deliveries import Settlement
from programme.model.spheres import Sphere

log = logging.getLogger(__name__)

Also = Callable[[UnitOfWork, Sequence[Settlement]], Awaitable[None]]

_RETRY = 0.5  # seconds, doubled up to the second
_LONGEST_RETRY = 5.0
_TOGETHER = 0.02  # seconds between two transactions for replies, of which there may be many

FEW = 100
"""So many rows are claimed or settled in so short a time that they need no thread of their own."""


@dataclass(slots=True)
class SettlementWriter:
    """Settles deliveries. Whoever comes while a transaction is under way, or just after one, joins the next one."""

    store: Store
    also: Also
    observer: TrafficObserver = UNOBSERVED
    written: int = 0
    _noted: list[Settlement] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _gathering: asyncio.Event | None = None
    _next: float = 0.0
    _trouble: ThrottledLog = field(
        default_factory=lambda: ThrottledLog(log, "tries to write outcomes, none of which is lost")
    )

    @property
    def noted(self) -> int:
        """How much is still to be written."""
        return len(self._noted)

    def note(self, settlement: Settlement) -> int:
        """Note what is to be written by the next `write`; return how much that is by now."""
        self._noted.append(settlement)
        return len(self._noted)

    async def settle(self, notes: Sequence[Settlement]) -> None:
        """Return once these are written, with all that came just before or after."""
        self._noted += notes
        if self._gathering is not None:
            await self._gathering.wait()
            return
        mine = self._gathering = asyncio.Event()
        try:
            await asyncio.sleep(max(0.0, self._next - asyncio.get_running_loop().time()))
            await self.write()
        finally:
            self._gathering = None if self._gathering is mine else self._gathering
            mine.set()

    async def write(self) -> None:
        """Return once everything noted so far is written."""
        async with self._turn:
            notes, self._noted = self._noted, []
            self._gathering = None  # who comes from here on is too late for this one
            if not notes:
                return
            try:
                await self._write(notes)
            except BaseException:  # a writer that is cancelled half-way leaves its notes to the next one
                self._noted = notes + self._noted
                raise
            self.written += len(notes)
            self.observer.settled(notes)
            self._next = asyncio.get_running_loop().time() + _TOGETHER

    async def _write(self, notes: Sequence[Settlement]) -> None:
        pause = _RETRY
        while True:
            try:
                async with self.store.writing(at_once=len(notes) <= FEW, first=True) as tx:
                    await tx.outbox.settle(notes)
                    await self.also(tx, notes)
            except Exception as error:  # even a mistake of ours: what was sent must not be sent again
                self._trouble.tell(error, "outcomes can't be written, trying again")
                if not is_away(error) and await self._written_apart(notes):
                    return
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_RETRY)
            else:
                return

    async def _written_apart(self, notes: Sequence[Settlement]) -> bool:
        """Write each by itself, for one is to blame: that is set aside, unless the store went away meanwhile.

        A message that is set aside comes back after its lease, as after a crash: it may go out once more.
        """
        for note in notes:
            for also in (self.also, _nothing_more):
                try:
                    async with self.store.writing() as tx:
                        await tx.outbox.settle([note])
                        await also(tx, [note])
                    break
                except Exception as error:
                    if is_away(error):
                        return False
                    log.exception("the outcome of delivery %s is written in part or not at all", note.claimed.id)
                    await self._set_aside(note, error)
        return True

    async def _set_aside(self, note: Settlement, error: Exception) -> None:
        delivery = note.claimed.id
        try:
            async with self.store.writing() as tx:
                await tx.dead_letters.failed(Sphere.DELIVERY, str(delivery), sort_of(error), most=1)
        except Exception as worse:
            self._trouble.tell(worse, "that delivery %s is set aside could not be noted", delivery)


async def _nothing_more(_tx: UnitOfWork, _notes: Sequence[Settlement]) -> None:
    return
