"""While the database is away the log says so now and then, and what came in is answered once it is back."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.app.wiring import build_app
from bot.inbound.dispatcher import InboundDispatcher
from bot.inbound.processor import IN_HAND
from bot.store import Store, UnitOfWork
from bot.store.throttled_log import OVER_AFTER, TELL_EVERY, ThrottledLog
from programme.model.clock import SetClock
from tests.delivery.test_dispatcher import Messenger
from tests.store.samples import MONDAY, away, incoming

MANY = 50


@dataclass
class Leaving:
    """A store that can go away."""

    store: Store
    gone: bool = False

    def __post_init__(self) -> None:
        self.clock = self.store.clock

    def writing(self, *, at_once: bool = False, first: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        if self.gone:
            raise away()
        return self.store.writing(at_once=at_once)

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self.store.reading()


def _trouble() -> tuple[ThrottledLog, list[float]]:
    clock = [0.0]
    return ThrottledLog(logging.getLogger("bot.test"), "updates that stay", monotonic=lambda: clock[0]), clock


def _counts(caplog: pytest.LogCaptureFixture) -> list[int]:
    return [int(record.getMessage().rpartition(" ")[2]) for record in caplog.records]


def test_however_many_wait_the_log_has_a_line_in_ten_seconds(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is counted twice, and nobody left out until the next line."""
    trouble, clock = _trouble()
    for _second in range(26):
        trouble.tell(away(), "update")
        clock[0] += 1
    assert _counts(caplog) == [1, TELL_EVERY, TELL_EVERY]
    assert not any(record.exc_info for record in caplog.records)
    line = "the store can't be reached (AdminShutdown: terminating connection); updates that stay: 1"
    assert caplog.records[0].getMessage() == line


def test_the_next_outage_is_counted_anew(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever had to wait in the last one was answered long ago."""
    trouble, clock = _trouble()
    for pause in (0, 1, 1, OVER_AFTER, 1):
        clock[0] += pause
        trouble.tell(away(), "update")
    assert _counts(caplog) == [1, 1]


def test_what_is_no_outage_is_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    trouble, _ = _trouble()
    trouble.tell(FileNotFoundError("wave.png"), "update %s", 7)
    trouble.tell(away(), "update %s", 8)
    assert [(record.levelname, record.exc_info is not None) for record in caplog.records] == [
        ("ERROR", True),
        ("WARNING", False),
    ]


def test_the_same_mistake_again_and_again_is_told_now_and_then(caplog: pytest.LogCaptureFixture) -> None:
    trouble, clock = _trouble()
    for _second in range(26):
        trouble.tell(ValueError("mistaken"), "the budget")
        clock[0] += 1
    assert len(caplog.records) == 3
    trouble.tell(ValueError("mistaken otherwise"), "the budget")
    assert len(caplog.records) == 4


async def test_what_was_taken_before_the_database_went_is_answered_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One line without a traceback for all of them; then each is answered, once."""
    messenger, clock = Messenger(), SetClock(MONDAY)
    messenger.open.set()
    async with build_app(database=None, clock=clock, channels={"telegram": messenger}, key=b"key") as app:
        store = Leaving(app.store)
        app.inbox_processor.store = store  # type: ignore[assignment]
        rows = [await app.inbox_processor.take(incoming("menu", message=str(n), address=str(n))) for n in range(MANY)]
        assert None not in rows
        clock.set(MONDAY + IN_HAND)
        async with asyncio.TaskGroup() as tasks:
            desk = InboundDispatcher(app.inbox_processor, tasks)
            assert await desk.catch_up() == MANY
            store.gone = True
        assert [record.name for record in caplog.records] == ["bot.inbound.dispatcher"]
        assert not caplog.records[0].exc_info
        assert messenger.heard == []

        store.gone = False
        clock.set(MONDAY + 2 * IN_HAND + timedelta(seconds=1))
        async with asyncio.TaskGroup() as tasks:
            assert await InboundDispatcher(app.inbox_processor, tasks).catch_up() == MANY
    assert sorted(int(who) for who, _ in messenger.heard) == list(range(MANY))
