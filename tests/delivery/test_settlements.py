"""What became of deliveries is written down, whoever is stopped while writing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from psycopg.errors import UndefinedColumn
from sqlalchemy.exc import OperationalError

from bot.outbound.settlements import SettlementWriter
from programme.model.deliveries import Claimed, Delivery, Outcome, Settlement
from programme.model.messages import Kind
from tests.delivery.virtual_time import run
from tests.store.samples import away

WRONG = OperationalError("UPDATE", {}, UndefinedColumn("no such column"))
NOW = datetime(2021, 10, 21, 14, tzinfo=UTC)


class _SlowStore:
    """A store whose first transaction fails, or lasts until it is cancelled."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
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
            if self.error is not None:
                raise self.error
            await asyncio.Event().wait()
        self.settled += [settlement.claimed.id for settlement in settlements]


async def _nothing_more(*_all: object) -> None:
    return None


def _noted(store: _SlowStore) -> SettlementWriter:
    """A writer that has one outcome to write."""
    settlements = SettlementWriter(store, _nothing_more)  # type: ignore[arg-type]
    delivery = Delivery(participant=1, source="reminder/x", kind=Kind.REMINDER, due_at=NOW)
    one = Claimed(id=7, attempt=1, delivery=delivery, channel="terminal", address="a")
    settlements.note(Settlement(one, Outcome.SENT, NOW))
    return settlements


async def test_a_writer_that_is_cancelled_leaves_its_notes_to_the_next() -> None:
    """Else a message that arrived would count as not sent, and be sent again."""
    store = _SlowStore()
    settlements = _noted(store)
    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(settlements.write())
        await store.reached.wait()
        writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        writing.result()
    await settlements.write()
    assert store.settled == [7]


@pytest.mark.parametrize(("error", "in_full"), [(away(), False), (WRONG, True)])
def test_what_can_not_be_written_is_kept_until_it_can(
    error: Exception, in_full: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether the store is away or the mistake is ours: of that, the log is told in full."""
    store = _SlowStore(error)

    async def story() -> None:
        await _noted(store).write()

    run(story())
    assert store.settled == [7]
    [told] = caplog.records
    assert bool(told.exc_info) is in_full
