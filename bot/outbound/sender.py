"""The way of one outgoing message: its words, the messenger, and what became of it.

No transaction is open while a messenger is being spoken to.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import orjson

from bot.channels.channel import Channel, Misconfigured, Refused, SendFailure, Throttled, Warmable
from bot.outbound.leased import Unwritten, Words
from bot.outbound.retry_policy import Settling, back_off, of_failure
from bot.outbound.settlements import Note, SettlementWriter
from bot.rate_limit import RateSmoother
from bot.store import Store, UnitOfWork
from locales import SOURCE, _, speaking
from programme.model.clock import Clock
from programme.model.deliveries import WITHOUT_FILE, Claimed, Delivery, Outcome, Settlement
from programme.model.messages import Document, Kind, Message
from programme.model.participants import Participant
from programme.placeholders import filled
from programme.programme import Programme
from reminders.wording.compose import compose, told_by

log = logging.getLogger(__name__)

SentListener = Callable[[Claimed, Message, datetime], None]
TroubleListener = Callable[[Claimed, Misconfigured], None]

ON_ITS_WAY = timedelta(seconds=2)
"""How long a message may be on its way: what would leave so shortly before its end is too late already."""

ELSEWHERE = timedelta(minutes=1)
"""How long a message waits before it is tried again to find a process that has its messenger open."""

OWN_DATA = "dataku-di-sobat.json"
"""What the file of all that is kept of a person is called."""

LATENCY = 0.1
"""Seconds that a messenger is expected to take for an answer, when connections are opened ahead."""


@dataclass(slots=True)
class Sender:
    """Carries deliveries to their messengers and writes down what became of each.

    `smoothers` by channel; a channel without one is sent to as fast as it takes. `listeners` hear of every
    message that arrived, `alarms` of a messenger that refuses our account: an operator must act. While
    `answers_behind`, announcements wait.
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
    settlements: SettlementWriter = field(init=False)

    def __post_init__(self) -> None:
        self.settlements = SettlementWriter(self.store, self._remember_told)

    async def deliver_due(self) -> int:
        """Send everything that is due now; return how many were settled."""
        from bot.outbound.worker import Worker

        return await Worker(self).drain()

    async def send(self, claimed: Sequence[Claimed]) -> None:
        """Send replies at once, one person's messages in order, and settle them."""
        if not claimed:
            return
        words = await self.words_of(claimed)
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

    async def _send_in_order(self, mine: Sequence[Claimed], words: Mapping[int, Words]) -> list[Note]:
        return [(one, await self._at_once(one, words[one.id])) for one in mine]

    async def _at_once(self, one: Claimed, message: Words) -> Settlement:
        smoother = self.smoothers.get(one.channel)
        if smoother is None:
            return await self.carry(one, message)
        if smoother.frozen_for:
            return self.postponed(one, smoother.frozen_for, "frozen")
        smoother.spend()
        return await self.carry(one, message)

    async def carry(self, one: Claimed, message: Words) -> Settlement:
        """Hand one message to its messenger; return what became of it."""
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
            return of_failure(settle, failure, one)
        except Exception:
            log.exception("could not send delivery %s", one.id)
            return settle(Outcome.LATER, reason="error", retry_after=back_off(one.attempt))
        for listener in self.listeners:
            listener(one, message, now)
        return settle(Outcome.SENT, provider_id=provider_id, reason=reason)

    async def _hand_over(self, channel: Channel, one: Claimed, message: Message) -> tuple[str, str | None]:
        """Return the messenger's id; a file that it refuses holds back none of the words with it."""
        kind, edits = one.delivery.kind, one.delivery.edits
        try:
            return await channel.send(one.address, message, kind=kind, edits=edits), None
        except Refused:
            if message.attachment is None:
                raise
            words = await self._without_file(one, message)
            return await channel.send(one.address, words, kind=kind, edits=edits), WITHOUT_FILE

    async def _without_file(self, one: Claimed, message: Message) -> Message:
        async with self.store.reading() as tx:
            person = await tx.people.get(one.delivery.participant)
        with speaking(person.language if person else SOURCE):
            instead = _("[berkas tidak bisa ditampilkan]")
        return replace(message, attachment=None, text=f"{message.text}\n<i>{instead}</i>".lstrip())

    async def warm(self, name: str, messages: int) -> None:
        """Have a messenger open the connections that so many messages in bulk need at its rate."""
        channel, smoother = self.channels.get(name), self.smoothers.get(name)
        if messages and smoother is not None and isinstance(channel, Warmable):
            await channel.warm(min(messages, round(smoother.rate * LATENCY)))

    def postponed(self, one: Claimed, seconds: float, reason: str) -> Settlement:
        """Return the settlement of a message that was not tried, and is to be taken again later."""
        settle = Settling(one, self.clock.now())
        return settle(Outcome.LATER, reason=reason, retry_after=timedelta(seconds=seconds), costs=False)

    async def words_of(self, claimed: Sequence[Claimed]) -> Mapping[int, Words]:
        """Return the words of each delivery, by its id; reminders, and what differs by person, are written now."""
        words: dict[int, Words] = {one.id: one.delivery.message for one in claimed}
        wordless = [one for one in claimed if one.delivery.message is None or one.delivery.message.per_person]
        if wordless:
            async with self.store.reading() as tx:
                people = await tx.people.many(sorted({one.delivery.participant for one in wordless}))
            words |= await asyncio.to_thread(self._compose, wordless, people)
        for one in claimed:
            if isinstance(message := words[one.id], Message) and message.own_data:
                words[one.id] = await self._with_own_data(message, one.delivery.participant)
        return words

    async def _with_own_data(self, message: Message, person: int) -> Message:
        """Make the file of all that is kept of a person; it is gone again once it is sent."""
        async with self.store.reading() as tx:
            kept = await tx.people.export(person)
        data = await asyncio.to_thread(orjson.dumps, kept, option=orjson.OPT_INDENT_2)
        return replace(message, own_data=False, document=Document(OWN_DATA, data))

    def _compose(self, wordless: Sequence[Claimed], people: Mapping[int, Participant]) -> dict[int, Words]:
        """Write for each person; drawing the pictures of reminders takes a moment."""
        found: dict[int, Words] = {}
        for one in wordless:
            person = people.get(one.delivery.participant)
            try:
                found[one.id] = None if person is None else self._written_for(person, one.delivery)
            except Exception:  # the others of the batch are not to blame
                log.exception("the words of delivery %s could not be found", one.id)
                found[one.id] = Unwritten()
        return found

    def _written_for(self, person: Participant, delivery: Delivery) -> Words:
        now, message = self.clock.now(), delivery.message
        if message is not None:
            return filled(message, person, self.programme, now)
        return compose(delivery.source, person, self.programme, now)

    def _heed(self, one: Claimed, failure: SendFailure) -> None:
        smoother = self.smoothers.get(one.channel)
        if isinstance(failure, Throttled) and smoother is not None:
            smoother.freeze(failure.retry_after)
        if isinstance(failure, Misconfigured):
            log.error("%s refuses our account, an operator must act: %s", one.channel, failure)
            for alarm in self.alarms:
                alarm(one, failure)

    async def _remember_told(self, tx: UnitOfWork, notes: Sequence[Note]) -> None:
        """Keep which cutoff people were told, so that a moved one can be corrected."""
        arrived = [one.delivery for one, settlement in notes if _is_reminder_sent(one.delivery, settlement)]
        if not arrived:
            return
        people = await tx.people.many([delivery.participant for delivery in arrived])
        for delivery in arrived:
            person = people.get(delivery.participant)
            told = told_by(delivery.source, person, self.programme) if person else None
            if person and told is not None and person.told_cutoff != told.cutoff:
                await tx.people.save(person.after(told), [told], self.clock.now())


def _is_reminder_sent(delivery: Delivery, settlement: Settlement) -> bool:
    return delivery.kind is Kind.REMINDER and settlement.outcome is Outcome.SENT
