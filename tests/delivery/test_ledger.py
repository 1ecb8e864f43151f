"""What became of deliveries is written down, whoever is stopped while writing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.ledger import Ledger
from programme.deliveries import Claimed, Delivery, Outcome, Settlement
from programme.messages import Kind

NOW = datetime(2021, 10, 21, 14, tzinfo=UTC)


class _SlowStore:
    """A store whose first transaction lasts until it is cancelled."""

    def __init__(self) -> None:
        self.settled: list[int] = []
        self.reached = asyncio.Event()
        self.outbox = self

    def writing(self, **_how: bool) -> _SlowStore:
        return self

    async def __aenter__(self) -> _SlowStore:
        return self

    async def __aexit__(self, *_error: object) -> None:
        return None

    async def settle(self, settlements: list[Settlement]) -> None:
        if not self.reached.is_set():
            self.reached.set()
            await asyncio.Event().wait()
        self.settled += [settlement.id for settlement in settlements]


async def test_a_writer_that_is_cancelled_leaves_its_notes_to_the_next() -> None:
    """Else a message that arrived would count as not sent, and be sent again."""

    async def nothing_more(*_all: object) -> None:
        return None

    store = _SlowStore()
    ledger = Ledger(store, nothing_more)  # type: ignore[arg-type]
    delivery = Delivery(participant=1, source="reminder/x", kind=Kind.REMINDER, due_at=NOW)
    one = Claimed(id=7, attempt=1, delivery=delivery, channel="terminal", address="a")
    ledger.note(one, Settlement(id=7, attempt=1, outcome=Outcome.SENT, at=NOW))
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(ledger.write())
        await store.reached.wait()
        writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        writing.result()
    await ledger.write()
    assert store.settled == [7]
