"""Of one polled batch, people are taken in side by side, each in their order; what fails stays with Telegram."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.app.wiring import build_app
from bot.channels.telegram.account import Account
from bot.channels.telegram.batch import Batch
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import poll
from bot.channels.telegram.receiving import Reader
from bot.inbound.dispatcher import InboundDispatcher
from programme.model.clock import SetClock
from programme.model.messages import Incoming
from tests.delivery.test_dispatcher import Messenger
from tests.fakes.bot_api import FakeBotApi
from tests.store.samples import MONDAY, away

TEXTS = ("status saya", "menu", "insentif belum cair")


@dataclass
class Counter:
    """Keeps what comes in once each; the first try of each of `failing` fails. Who is let in waits for a gate."""

    failing: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    busiest: int = 0
    """How many were in hand at the same time at most."""
    _in_hand: int = 0
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, incoming: Incoming) -> None:
        self._in_hand += 1
        self.busiest = max(self.busiest, self._in_hand)
        try:
            await self._keep(incoming)
        finally:
            self._in_hand -= 1

    async def _keep(self, incoming: Incoming) -> None:
        self.begun.append(incoming.text)
        for _ in range(10):  # as many rounds of the loop as a statement takes
            await asyncio.sleep(0)
        async with self._changed:
            self._changed.notify_all()
        if gate := self.gates.get(incoming.text):
            await gate.wait()
        if incoming.text in self.failing:
            self.failing.remove(incoming.text)
            raise away()
        self.kept.setdefault(incoming.id, incoming.text)
        async with self._changed:
            self._changed.notify_all()

    async def has_begun(self, *texts: str) -> None:
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(lambda: set(texts) <= set(self.begun))

    async def has_kept(self, *texts: str) -> None:
        async with asyncio.timeout(30), self._changed:
            await self._changed.wait_for(lambda: set(texts) <= set(self.kept.values()))


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def intake(reader: Reader, counter: Counter) -> Intake:
    return Intake(reader, counter.take, lambda _: "")


async def _updates(api: FakeBotApi, *said: tuple[int, str]) -> Sequence[dict[str, Any]]:
    for person, text in said:
        await api.user(person).says(text)
    return api.state.updates


async def test_others_are_taken_in_while_somebody_waits(api: FakeBotApi, intake: Intake, counter: Counter) -> None:
    counter.gates["slow"] = asyncio.Event()
    updates = await _updates(api, (71, "slow"), (72, "quick"), (73, "quick too"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Batch(intake, 2, print).admit(updates))
        await counter.has_kept("quick", "quick too")
        counter.gates["slow"].set()
    assert list(counter.kept.values()) == ["quick", "quick too", "slow"]


async def test_a_persons_next_update_waits_for_the_one_before(
    api: FakeBotApi, intake: Intake, counter: Counter
) -> None:
    counter.gates["first"] = asyncio.Event()
    updates = await _updates(api, (71, "first"), (71, "second"), (72, "other"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Batch(intake, 8, print).admit(updates))
        await counter.has_kept("other")
        assert counter.begun == ["first", "other"]
        counter.gates["first"].set()
    assert list(counter.kept.values()) == ["other", "first", "second"]


@pytest.mark.parametrize("most", [1, 3])
async def test_as_many_at_a_time_as_the_store_can_write(
    api: FakeBotApi, intake: Intake, counter: Counter, most: int
) -> None:
    updates = await _updates(api, *[(person, f"text {person}") for person in range(71, 83)])
    await Batch(intake, most, print).admit(updates)
    assert len(counter.kept) == 12
    assert counter.busiest == most


async def test_one_that_fails_stops_neither_those_under_way_nor_is_it_overtaken_by_its_sender(
    api: FakeBotApi, intake: Intake, counter: Counter
) -> None:
    counter.failing = ["fails"]
    counter.gates |= {"fails": asyncio.Event(), "good": asyncio.Event()}
    updates = await _updates(api, (71, "fails"), (71, "its next"), (72, "good"), (73, "too late"))
    batch = Batch(intake, 3, print)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(batch.admit(updates))
        await counter.has_begun("fails", "good")
        counter.gates["fails"].set()
        counter.gates["good"].set()
    assert list(counter.kept.values()) == ["good"]
    assert list(batch.failures) == [updates[0]["update_id"]]


async def test_telegrams_offset_moves_only_past_what_was_kept(
    api: FakeBotApi, account: Account, intake: Intake, counter: Counter
) -> None:
    counter.failing = ["two"]
    counter.gates["two"] = asyncio.Event()
    updates = await _updates(api, (71, "one"), (72, "two"), (73, "three"), (72, "four"))
    numbers = [update["update_id"] for update in updates]
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(poll(account, intake, stop, wait=5, patience=0.01, side_by_side=8))
        await counter.has_kept("one", "three")
        counter.gates["two"].set()
        await counter.has_kept("two", "four")
        await api.user(74).says("five")
        await counter.has_kept("five")
        stop.set()
    asked = [int(given["offset"]) for given in api.called("getUpdates")]
    assert asked[:3] == [0, numbers[1], numbers[3] + 1]
    assert list(counter.kept.values()) == ["one", "three", "two", "four", "five"]
    assert counter.begun.count("three") == 2, "it is fetched again with the one that failed before it"


async def test_many_people_on_a_real_store_are_answered_once_each_in_their_order(
    api: FakeBotApi, reader: Reader, url: str
) -> None:
    """The whole batch comes a second time, as after a crash before the next poll."""
    messenger = Messenger()
    messenger.open.set()
    people = range(71, 81)
    updates = await _updates(api, *[(person, text) for text in TEXTS for person in people])
    async with build_app(database=url, clock=SetClock(MONDAY), channels={"telegram": messenger}, key=b"key") as app:
        for _ in range(2):
            async with asyncio.TaskGroup() as tasks:
                desk = InboundDispatcher(app.inbox_processor, tasks)
                batch = Batch(Intake(reader, desk.take, lambda _: ""), desk.side_by_side, print)
                await batch.admit(updates)
            assert not batch.failures
    heard = defaultdict(list)
    for who, text in messenger.heard:
        heard[who].append(text)
    assert len(heard) == len(people)
    alone = heard.pop(str(people[0]))
    assert len(alone) >= len(TEXTS)
    assert all(each == alone for each in heard.values())
