"""The way of one outgoing message: its words, the channel, and what became of it.

No transaction is open while a channel is being spoken to.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.channel import (
    FREE,
    Channel,
    ChannelStopped,
    Misconfigured,
    Refused,
    SendFailure,
    Terms,
    Warmable,
)
from bot.outbound.composer import Composer
from bot.outbound.heeding import heed
from bot.outbound.retry_policy import of_failure, of_mistake, postponed
from bot.outbound.settlements import SettlementWriter
from bot.outbound.told_cutoffs import ToldCutoffs
from bot.outbound.traffic_observer import UNOBSERVED, TrafficObserver
from bot.rate_limit import RateSmoother
from bot.store import Store
from bot.store.delivery_queue.receipts import reference_of
from bot.store.trace import tracing
from programme.model.clock import Clock
from programme.model.deliveries import WITHOUT_FILE, Claimed, DeliveryId, Outcome, Settlement
from programme.model.messages import Message
from programme.model.windows import WINDOWS
from programme.programme import Programme
from reminders.policy import Policy, load_policy

log = logging.getLogger(__name__)

SentListener = Callable[[Claimed, Message, datetime], None]
TroubleListener = Callable[[Claimed, Misconfigured], None]
StopListener = Callable[[ChannelStopped], None]

ON_ITS_WAY = timedelta(seconds=2)
"""How long a message may be on its way: what would leave so shortly before its end is too late already."""

ELSEWHERE = 60.0
"""For how many seconds a message waits before it is tried again to find a process that has its channel open."""

LATENCY = 0.1
"""Seconds that a channel is expected to take for an answer, when connections are opened ahead."""


def _nobody(_failure: ChannelStopped) -> None:
    return


def _terms(one: Claimed) -> Terms:
    if one.channel not in WINDOWS:
        return FREE  # it has no rules, and wants nothing given back
    delivery = one.delivery
    return Terms(
        reference=reference_of(one),
        participant=delivery.participant,
        heard_at=one.heard_at,
        not_after=delivery.not_after,
        language=one.language,
    )


def _trace(one: Claimed) -> str:
    """Name a delivery, and the message that it answers."""
    sort, _slash, row = one.delivery.source.partition("/")
    answers = f"inbox/{row.partition('/')[0]} " if sort == "reply" else ""
    return f"{answers}delivery/{one.id}"


@dataclass(slots=True)
class Sender:
    """Carries deliveries to their channels and writes down what became of each.

    `smoothers` by channel; a channel without one is sent to as fast as it takes. `listeners` hear of every
    message that arrived, `alarms` of a channel that refuses our account: an operator must act. While
    `answers_behind`, broadcasts wait. `observer` hears of what passes, to count it. `policy` is that of the file
    unless another one is in force.
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
    observer: TrafficObserver = UNOBSERVED
    policy: Policy = field(default_factory=load_policy)
    composer: Composer = field(init=False)
    settlements: SettlementWriter = field(init=False)

    def __post_init__(self) -> None:
        self.composer = Composer(self.store, self.clock, self.programme, self.policy)
        self.settlements = SettlementWriter(self.store, ToldCutoffs(self.programme).remember, self.observer)

    async def send(self, claimed: Sequence[Claimed]) -> None:
        """Send replies at once, one person's messages in order, and settle them."""
        if not claimed:
            return
        words = await self.composer.words_of(claimed)
        by_address: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
        for one in claimed:
            by_address[one.channel, one.address].append(one)
        if len(by_address) == 1:
            settlements = await self._send_in_order(claimed, words)
        else:
            async with asyncio.TaskGroup() as tasks:
                sent = [tasks.create_task(self._send_in_order(mine, words)) for mine in by_address.values()]
            settlements = [settlement for task in sent for settlement in task.result()]
        await self.settlements.settle(settlements)

    async def _send_in_order(
        self, mine: Sequence[Claimed], words: Mapping[DeliveryId, Message | Settlement]
    ) -> list[Settlement]:
        return [await self._at_once(one, words[one.id]) for one in mine]

    async def _at_once(self, one: Claimed, message: Message | Settlement) -> Settlement:
        if isinstance(message, Settlement):
            return message
        smoother = self.smoothers.get(one.channel)
        if smoother is not None and smoother.frozen_for:
            return postponed(one, self.clock.now(), smoother.frozen_for, "frozen")
        if smoother is not None:
            smoother.spend()
        return await self.carry(one, message)

    async def carry(self, one: Claimed, message: Message, stopped: StopListener = _nobody) -> Settlement:
        """Hand one message to its channel; return what became of it. `stopped` hears of a channel that stopped."""
        with tracing(_trace(one), "send") as note:
            settlement = await self._carried(one, message, stopped)
            note("channel", one.channel)
            note("kind", one.delivery.kind.value)
            note("outcome", settlement.outcome.value)
            log.debug("%s on %s", settlement.outcome, one.channel)
        return settlement

    async def _carried(self, one: Claimed, message: Message, stopped: StopListener) -> Settlement:
        now = self.clock.now()
        if one.delivery.not_after is not None and one.delivery.not_after <= now + ON_ITS_WAY:
            return Settlement(one, Outcome.EXPIRED, now)
        channel = self.channels.get(one.channel)
        if channel is None:
            return postponed(one, now, ELSEWHERE, "channel not open here")
        begun = time.monotonic()
        try:
            provider_id, reason = await self._hand_over(channel, one, message)
        except SendFailure as failure:
            if isinstance(failure, ChannelStopped):
                self._heed(one, failure)
                stopped(failure)
            return of_failure(one, now, failure)
        except Exception:
            log.exception("could not send delivery %s", one.id)
            return of_mistake(one, now)
        finally:
            self.observer.took(one.channel, time.monotonic() - begun)
        for listener in self.listeners:
            listener(one, message, now)
        return Settlement(one, Outcome.SENT, now, provider_id=provider_id, reason=reason)

    async def _hand_over(self, channel: Channel, one: Claimed, message: Message) -> tuple[str, str | None]:
        """Return the channel's id; a file that it refuses holds back none of the words with it."""
        kind, edits, terms = one.delivery.kind, one.delivery.edits, _terms(one)
        try:
            return await channel.send(one.address, message, kind=kind, edits=edits, terms=terms), None
        except Refused:
            if message.attachment is None:
                raise
            words = await self.composer.without_file(one, message)
            return await channel.send(one.address, words, kind=kind, edits=edits, terms=terms), WITHOUT_FILE

    async def warm(self, name: str, messages: int) -> None:
        """Have a channel open the connections that so many messages in bulk need at its rate."""
        channel, smoother = self.channels.get(name), self.smoothers.get(name)
        if messages and smoother is not None and isinstance(channel, Warmable):
            await channel.warm(min(messages, round(smoother.rate * LATENCY)))

    def _heed(self, one: Claimed, failure: ChannelStopped) -> None:
        refused = heed(one.channel, failure, self.smoothers, self.observer)
        if refused is not None:
            for alarm in self.alarms:
                alarm(one, refused)
