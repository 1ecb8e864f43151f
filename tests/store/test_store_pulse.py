"""How much waits is known at any moment, and since when."""

from __future__ import annotations

import time
from datetime import timedelta

from bot.app.health import look
from bot.rate_limit.shared_row import TokenBuckets
from bot.store import Store
from bot.store.repositories.queue_stats import Queue, QueueStats
from programme.model.messages import Kind
from tests.databases import at
from tests.store.samples import HOUR, MINUTE, MONDAY, claim, incoming, meet, owed

LATER = MONDAY + HOUR


async def _pulse(store: Store) -> QueueStats:
    async with at(store, LATER).reading() as tx:
        return await tx.queue_stats()


async def test_an_empty_store_has_nothing_waiting(store: Store) -> None:
    assert await _pulse(store) == QueueStats(at=LATER)


async def test_messages_reminder_rows_and_deliveries_that_wait_are_counted(store: Store) -> None:
    """By kind, each with the moment since when; what is in a worker's hands or still to come doesn't wait."""
    async with store.writing() as tx:
        await tx.inbox.add(incoming())
        person = await meet(tx)
        await tx.reminders.set_row(person, MONDAY + MINUTE)
        await tx.outbox.put([owed(person, "held", due_at=MONDAY - HOUR)])
        await claim(tx, LATER)
        await tx.outbox.put([owed(person, "a"), owed(person, "b", due_at=MONDAY + MINUTE)])
        await tx.outbox.put([owed(person, "news", Kind.BROADCAST), owed(person, "c", due_at=LATER + MINUTE)])
    stats = await _pulse(store)
    assert stats.inbox == Queue(1, MONDAY)
    assert stats.unswept == Queue(1, MONDAY + MINUTE)
    assert stats.due == {Kind.REMINDER: Queue(2, MONDAY), Kind.BROADCAST: Queue(1, MONDAY)}


async def test_a_pause_that_the_messenger_wants_is_known_to_everybody(store: Store) -> None:
    async with store.writing() as tx:
        await TokenBuckets(tx.connection).open("telegram/1", 30, 0.02)
        await TokenBuckets(tx.connection).open("telegram/2", 30, 0.02)
        await TokenBuckets(tx.connection).freeze("telegram/1", timedelta(seconds=35).total_seconds(), time.monotonic())
    async with store.reading() as tx:
        frozen = (await look(tx)).frozen
    assert 30 < frozen["telegram/1"] <= 35
    assert frozen["telegram/2"] == 0
