"""The way of one outgoing message: claim, find the words, send, settle what happened.

No transaction is open while a messenger is being spoken to.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.channel import (
    Ambiguous,
    Channel,
    Gone,
    Misconfigured,
    Refused,
    SendFailure,
    Throttled,
    Transient,
)
from bot.store import Store, Transaction
from programme.clock import Clock
from programme.deliveries import Claimed, Delivery, Outcome, Settlement
from programme.messages import Kind, Message
from programme.participants import Participant
from programme.programme import Programme
from reminders.wording import compose, told_by

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
BATCH = 200
AT_ONCE = 64
BACK_OFF = timedelta(seconds=5)

SentListener = Callable[[Claimed, Message, datetime], None]


@dataclass(slots=True)
class Courier:
    """Carries deliveries to their messengers and writes down what became of each."""

    store: Store
    clock: Clock
    programme: Programme
    channels: Mapping[str, Channel]
    listeners: list[SentListener] = field(default_factory=list)

    async def deliver_due(self) -> int:
        """Send everything that is due now; return how many were settled."""
        settled = 0
        while True:
            async with self.store.writing() as tx:
                claimed = await tx.outbox.claim(self.clock.now(), limit=BATCH, lease=LEASE)
            if not claimed:
                return settled
            await self.send(claimed)
            settled += len(claimed)

    async def send(self, claimed: Sequence[Claimed]) -> None:
        """Send what was claimed, one person's messages in order, and settle it."""
        if not claimed:
            return
        people = await self._people(claimed)
        by_address: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
        for one in claimed:
            by_address[one.channel, one.address].append(one)
        places = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            sent = [tasks.create_task(self._send_all(mine, people, places)) for mine in by_address.values()]
        settlements = [settlement for task in sent for settlement in task.result()]
        async with self.store.writing() as tx:
            await tx.outbox.settle(settlements)
            await self._remember_told(tx, _arrived_reminders(claimed, settlements))

    async def _send_all(
        self, mine: Sequence[Claimed], people: Mapping[int, Participant], places: asyncio.Semaphore
    ) -> list[Settlement]:
        async with places:
            return [await self._send_one(one, people) for one in mine]

    async def _send_one(self, one: Claimed, people: Mapping[int, Participant]) -> Settlement:
        message = one.delivery.message or await asyncio.to_thread(self._words, one, people)
        channel = self.channels.get(one.channel)
        settle = _Settling(one, self.clock.now())
        if message is None:
            return settle(Outcome.CANCELLED, reason="no longer sensible")
        if channel is None:
            return settle(Outcome.LATER, reason="channel not open here", retry_after=BACK_OFF, costs=False)
        try:
            provider_id = await channel.send(one.address, message, kind=one.delivery.kind, edits=one.delivery.edits)
        except SendFailure as failure:
            return _settle_failure(settle, failure, one)
        for listener in self.listeners:
            listener(one, message, settle.at)
        return settle(Outcome.SENT, provider_id=provider_id)

    def _words(self, one: Claimed, people: Mapping[int, Participant]) -> Message | None:
        person = people.get(one.delivery.participant)
        return None if person is None else compose(one.delivery.source, person, self.programme, self.clock.now())

    async def _people(self, claimed: Sequence[Claimed]) -> Mapping[int, Participant]:
        wanted = {one.delivery.participant for one in claimed if one.delivery.message is None}
        if not wanted:
            return {}
        async with self.store.reading() as tx:
            return await tx.people.many(sorted(wanted))

    async def _remember_told(self, tx: Transaction, arrived: Sequence[Delivery]) -> None:
        """Keep which cutoff people were told, so that a moved one can be corrected."""
        people = await tx.people.many([delivery.participant for delivery in arrived])
        for delivery in arrived:
            person = people[delivery.participant]
            told = told_by(delivery.source, person, self.programme)
            if told is not None and person.told_cutoff != told.cutoff:
                await tx.people.save(person.after(told), [told], self.clock.now())


def _arrived_reminders(claimed: Sequence[Claimed], settlements: Sequence[Settlement]) -> list[Delivery]:
    sent = {settlement.id for settlement in settlements if settlement.outcome is Outcome.SENT}
    return [one.delivery for one in claimed if one.id in sent and one.delivery.kind is Kind.REMINDER]


@dataclass(frozen=True, slots=True)
class _Settling:
    one: Claimed
    at: datetime

    def __call__(
        self,
        outcome: Outcome,
        *,
        provider_id: str | None = None,
        reason: str | None = None,
        retry_after: timedelta | None = None,
        costs: bool = True,
    ) -> Settlement:
        return Settlement(
            id=self.one.id,
            attempt=self.one.attempt,
            outcome=outcome,
            at=self.at,
            provider_id=provider_id,
            reason=reason,
            retry_at=None if retry_after is None else self.at + retry_after,
            costs_attempt=costs,
        )


def _settle_failure(settle: _Settling, failure: SendFailure, one: Claimed) -> Settlement:
    """Name what a failure means for the delivery."""
    reason = type(failure).__name__.lower()
    match failure:
        case Throttled(retry_after=seconds):
            wait = timedelta(seconds=seconds)
            return settle(Outcome.LATER, reason=reason, retry_after=wait, costs=False)
        case Transient():
            return settle(Outcome.LATER, reason=reason, retry_after=BACK_OFF * 2**one.attempt)
        case Ambiguous() if one.delivery.kind is not Kind.BROADCAST:
            return settle(Outcome.LATER, reason=reason, retry_after=BACK_OFF)
        case Ambiguous():
            return settle(Outcome.UNKNOWN, reason=reason)
        case Gone():
            return settle(Outcome.GONE, reason=reason)
        case Misconfigured():
            log.error("the messenger %s refuses our account: %s", one.channel, failure)
            return settle(Outcome.LATER, reason=reason, retry_after=timedelta(minutes=1), costs=False)
        case Refused():
            log.error("the messenger %s refuses a message of kind %s", one.channel, one.delivery.kind)
            return settle(Outcome.FAILED, reason=reason)
        case _:
            return settle(Outcome.FAILED, reason=reason)
