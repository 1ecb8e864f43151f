"""The way of one outgoing message: its words, the channel, and what became of it.

No transaction is open while a channel is being spoken to.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.channel import Channel, Misconfigured, Refused, SendFailure, Throttled, Warmable
from bot.outbound.composer import Composer
from bot.outbound.leased import Unwritten, Words
from bot.outbound.retry_policy import Settling, back_off, of_failure
from bot.outbound.settlements import Note, SettlementWriter
from bot.outbound.told_cutoffs import ToldCutoffs
from bot.rate_limit import RateSmoother
from bot.store import Store
from programme.model.clock import Clock
from programme.model.deliveries import WITHOUT_FILE, Claimed, DeliveryId, Outcome, Settlement
from programme.model.messages import Message
from programme.programme import Programme

log = logging.getLogger(__name__)

SentListener = Callable[[Claimed, Message, datetime], None]
TroubleListener = Callable[[Claimed, Misconfigured], None]
Heed = Callable[[SendFailure], None]

ON_ITS_WAY = timedelta(seconds=2)
"""How long a message may be on its way: what would leave so shortly before its end is too late already."""

ELSEWHERE = timedelta(minutes=1)
"""How long a message waits before it is tried again to find a process that has its channel open."""

LATENCY = 0.1
"""Seconds that a channel is expected to take for an answer, when connections are opened ahead."""


def _no_more(_failure: SendFailure) -> None:
    return


@dataclass(slots=True)
class Sender:
    """Carries deliveries to their channels and writes down what became of each.

    `smoothers` by channel; a channel without one is sent to as fast as it takes. `listeners` hear of every
    message that arrived, `alarms` of a channel that refuses our account: an operator must act. While
    `answers_behind`, broadcasts wait.
    """

    store: Store
    clock: Clock
    programme: Programme
    channels: Mapping[str, Channel]
    listeners: list[SentListener] = field(default_factory=list)
    smoothers: Mapping[str, RateSmoother] = field(default_factory=dict)
    alarms: list[TroubleListener] = field(default_factory=list)
    answers_behind: Callable[[], bool] = lambda: False
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    composer: Composer = field(init=False)
    settlements: SettlementWriter = field(init=False)

    def __post_init__(self) -> None:
        self.composer = Composer(self.store, self.clock, self.programme)
        self.settlements = SettlementWriter(self.store, ToldCutoffs(self.programme, self.clock).remember)

    async def send(self, claimed: Sequence[Claimed]) -> None:
        """Send replies at once, one person's messages in order, and settle them."""
        if not claimed:
            return
        words = await self.composer.words_of(claimed)
        by_address: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
        for one in claimed:
            by_address[one.channel, one.address].append(one)
        if len(by_address) == 1:
            notes = await self._send_in_order(claimed, words)
        else:
            async with asyncio.TaskGroup() as tasks:
                sent = [tasks.create_task(self._send_in_order(mine, words)) for mine in by_address.values()]
            notes = [note for task in sent for note in task.result()]
        await self.settlements.settle(notes)

    async def _send_in_order(self, mine: Sequence[Claimed], words: Mapping[DeliveryId, Words]) -> list[Note]:
        return [(one, await self._at_once(one, words[one.id])) for one in mine]

    async def _at_once(self, one: Claimed, message: Words) -> Settlement:
        smoother = self.smoothers.get(one.channel)
        if smoother is not None and smoother.frozen_for:
            return self.postponed(one, smoother.frozen_for, "frozen")
        if smoother is not None:
            smoother.spend()
        return await self.carry(one, message)

    async def carry(self, one: Claimed, message: Words, heed: Heed = _no_more) -> Settlement:
        """Hand one message to its channel; return what became of it. `heed` hears why it failed."""
        now = self.clock.now()
        settle = Settling(one, now)
        if message is None:
            return settle(Outcome.CANCELLED, reason="no longer sensible")
        if one.delivery.not_after is not None and one.delivery.not_after <= now + ON_ITS_WAY:
            return settle(Outcome.EXPIRED)
        if isinstance(message, Unwritten):
            return settle(Outcome.LATER, reason="error", retry_after=back_off(one.attempt))
        channel = self.channels.get(one.channel)
        if channel is None:
            return settle(Outcome.LATER, reason="channel not open here", retry_after=ELSEWHERE, costs=False)
        try:
            provider_id, reason = await self._hand_over(channel, one, message)
        except SendFailure as failure:
            self._heed(one, failure)
            heed(failure)
            return of_failure(settle, failure, one)
        except Exception:
            log.exception("could not send delivery %s", one.id)
            return settle(Outcome.LATER, reason="error", retry_after=back_off(one.attempt))
        for listener in self.listeners:
            listener(one, message, now)
        return settle(Outcome.SENT, provider_id=provider_id, reason=reason)

    async def _hand_over(self, channel: Channel, one: Claimed, message: Message) -> tuple[str, str | None]:
        """Return the channel's id; a file that it refuses holds back none of the words with it."""
        kind, edits = one.delivery.kind, one.delivery.edits
        try:
            return await channel.send(one.address, message, kind=kind, edits=edits), None
        except Refused:
            if message.attachment is None:
                raise
            words = await self.composer.without_file(one, message)
            return await channel.send(one.address, words, kind=kind, edits=edits), WITHOUT_FILE

    async def warm(self, name: str, messages: int) -> None:
        """Have a channel open the connections that so many messages in bulk need at its rate."""
        channel, smoother = self.channels.get(name), self.smoothers.get(name)
        if messages and smoother is not None and isinstance(channel, Warmable):
            await channel.warm(min(messages, round(smoother.rate * LATENCY)))

    def postponed(self, one: Claimed, seconds: float, reason: str) -> Settlement:
        """Return the settlement of a message that was not tried, and is to be taken again later."""
        settle = Settling(one, self.clock.now())
        return settle(Outcome.LATER, reason=reason, retry_after=timedelta(seconds=seconds), costs=False)

    def _heed(self, one: Claimed, failure: SendFailure) -> None:
        smoother = self.smoothers.get(one.channel)
        if isinstance(failure, Throttled) and smoother is not None:
            smoother.freeze(failure.retry_after)
        if isinstance(failure, Misconfigured):
            log.error("%s refuses our account, an operator must act: %s", one.channel, failure)
            for alarm in self.alarms:
                alarm(one, failure)
