"""Receipt writer: notes what channels tell later of what they took, many in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.channel import Channel, Misconfigured, Nobody, Reporting
from bot.outbound.heeding import heed
from bot.outbound.retry_policy import BACK_OFF
from bot.outbound.traffic_observer import UNOBSERVED, TrafficObserver
from bot.rate_limit import RateSmoother
from bot.store import Store
from bot.store.delivery_queue.receipts import Applied, Told, counted
from bot.store.unavailable import is_away, sort_of
from programme.model.receipts import Receipt, ReceiptState
from programme.model.spheres import Sphere

log = logging.getLogger(__name__)

TOGETHER = 0.02
"""Seconds for which receipts are gathered before they are written."""

MOST = 200
"""Receipts in one transaction: so few take a few milliseconds, and between two of them others have their turn."""

_LONGEST_KEY = 40

Alarm = Callable[[str, Misconfigured], None]


@dataclass(slots=True)
class ReceiptWriter:
    """Writes receipts, and has tried again, or elsewhere, what failed after all.

    `alarms` hear of a channel that refuses our account in this way; one that asks to wait is left alone by all. What
    is told is kept once `receive` returns.
    """

    store: Store
    channels: Mapping[str, Channel]
    wake: asyncio.Event
    alarms: list[Alarm] = field(default_factory=list)
    smoothers: Mapping[str, RateSmoother] = field(default_factory=dict)
    observer: TrafficObserver = UNOBSERVED
    _noted: list[Receipt] = field(default_factory=list)
    _writing: asyncio.Future[None] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def receive(self, receipts: Sequence[Receipt]) -> None:
        """Return once these are written, with all that came just before or after. Raises what the store raises."""
        if not receipts:
            return
        self._noted += receipts
        if self._writing is None:
            self._writing = asyncio.ensure_future(self._gather())
        await asyncio.shield(self._writing)

    async def _gather(self) -> None:
        await asyncio.sleep(TOGETHER)
        async with self._turn:
            self._writing = None
            noted, self._noted = self._noted, []
            for start in range(0, len(noted), MOST):
                await self._write(noted[start : start + MOST])

    async def _write(self, receipts: Sequence[Receipt]) -> None:
        """Write them; each by itself where one can't be, for Meta would send all of them for ever."""
        try:
            await self._write_together(receipts)
        except Exception as error:
            if is_away(error):
                raise
            if len(receipts) == 1:
                await self._set_aside(receipts[0], error)
                return
            for receipt in receipts:
                await self._write([receipt])

    async def _set_aside(self, receipt: Receipt, error: Exception) -> None:
        log.error("a receipt can't be written and is set aside", exc_info=error)
        key = (receipt.reference or receipt.message)[:_LONGEST_KEY]
        async with self.store.writing() as tx:
            await tx.dead_letters.failed(Sphere.RECEIPT, key, sort_of(error), most=1)

    async def _write_together(self, receipts: Sequence[Receipt]) -> None:
        written = {}
        async with self.store.writing(at_once=True) as tx:
            for channel in {receipt.channel for receipt in receipts}:
                theirs = [receipt for receipt in receipts if receipt.channel == channel]
                applied = await tx.outbox.receive([self._told(receipt, tx.now) for receipt in theirs])
                await tx.accounts.charge(channel, counted(applied.charges))
                await tx.accounts.learn(channel, {"receipt_at": "came"})
                self._after(applied)
                written[channel] = applied.told

        for channel, told in written.items():
            self.observer.reported(channel, told)

    def _after(self, applied: Applied) -> None:
        if applied.failed:
            log.warning("%d messages failed after they had been taken", applied.failed)
            self.wake.set()

    def _told(self, receipt: Receipt, now: datetime) -> Told:
        channel = self.channels.get(receipt.channel)
        if receipt.state is not ReceiptState.FAILED or not isinstance(channel, Reporting):
            return Told(receipt=receipt)
        failure = channel.failure(receipt)
        refused = heed(receipt.channel, failure, self.smoothers, self.observer)
        if refused is not None:
            for alarm in self.alarms:
                alarm(receipt.channel, refused)
        pause = BACK_OFF if failure.retry_after is None else timedelta(seconds=failure.retry_after)
        costs = failure.costs_attempt
        nobody = isinstance(failure, Nobody)
        return Told(receipt=receipt, outcome=failure.outcome, retry_at=now + pause, costs_attempt=costs, nobody=nobody)
