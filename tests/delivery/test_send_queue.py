"""A line keeps to the rate, to a channel's pause and to what is urgent, however long it takes to ask again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.outbound.queue_entry import QueueEntry
from bot.outbound.recheck import FRESH, Recheck
from bot.outbound.send_queue import SendQueue
from bot.rate_limit import RateSmoother
from programme.model.deliveries import Claimed
from programme.model.messages import Kind, Message
from tests.delivery.test_rate_smoother import OneBudget, busiest
from tests.delivery.virtual_time import here, run
from tests.store.samples import owed

WORDS = Message("Halo")


def _parcel(number: int, kind: Kind = Kind.BROADCAST) -> QueueEntry:
    delivery = owed(number, f"b/{number}", kind)
    claimed = Claimed(id=number, attempt=1, delivery=delivery, channel="telegram", address=str(number))
    return QueueEntry(claimed, WORDS, here().time() + 60, here().time())


@dataclass
class Desk:
    """What goes over a line, and what comes back; to ask again takes `looks` seconds, time after time."""

    looks: Sequence[float] = (0.0,)
    smoother: RateSmoother | None = None
    opening: float = 0.0
    trouble: Callable[[int], None] = lambda number: None
    latency: float = 0.06
    sent: list[tuple[int, float]] = field(default_factory=list)
    back: list[tuple[int, str]] = field(default_factory=list)
    asked: int = 0
    line: SendQueue = field(init=False)

    async def carry(self, entry: QueueEntry) -> None:
        self.sent.append((entry.claimed.id, here().time()))
        await asyncio.sleep(self.latency)
        self.trouble(entry.claimed.id)

    def give_back(self, entry: QueueEntry, _seconds: float, reason: str) -> None:
        self.back.append((entry.claimed.id, reason))

    async def still_wanted(self, ids: Sequence[int]) -> Collection[int]:
        self.asked += 1
        await asyncio.sleep(self.looks[self.asked % len(self.looks)])
        return ids

    async def warm(self, _count: int) -> None:
        await asyncio.sleep(self.opening)

    def moments(self, numbers: Iterable[int]) -> list[float]:
        return [at for number, at in self.sent if number in set(numbers)]


@asynccontextmanager
async def _open(desk: Desk) -> AsyncIterator[Desk]:
    async with asyncio.TaskGroup() as tasks:
        ways = desk.carry, desk.give_back, desk.still_wanted, desk.warm
        desk.line = SendQueue(*ways, tasks, smoother=desk.smoother, monotonic=here().time)
        running = tasks.create_task(desk.smoother.run()) if desk.smoother is not None else None
        yield desk
        await desk.line.idle()
        if running is not None:
            running.cancel()


def _smoother(rate: float) -> RateSmoother:
    return RateSmoother(OneBudget(rate), here().time)


async def _second_looks_during_a_pause(pause: Callable[[Desk], None], smoother: RateSmoother | None) -> Desk:
    """While some are being asked about, another one meets with `pause`."""

    def trouble(number: int) -> None:
        if number == 1:
            pause(desk)

    desk = Desk(looks=[3.0], smoother=smoother, latency=2.0, trouble=trouble)
    old = [_parcel(number) for number in range(2, 8)]
    fresh = _parcel(1)
    for each in old:
        each.looked_at -= 2 * FRESH
    async with _open(desk):
        desk.line.put([fresh, *old])
        await asyncio.sleep(36)
    return desk


def test_a_429_is_heeded_by_whom_it_meets_in_a_second_look() -> None:
    """They go back, to come again after it."""

    async def story() -> Desk:
        smoother = _smoother(30)

        def pause(desk: Desk) -> None:
            smoother.freeze(35)
            desk.line.clear(35, "throttled")

        return await _second_looks_during_a_pause(pause, smoother)

    desk = run(story())
    assert [number for number, _ in desk.sent] == [1]
    assert sorted(desk.back) == [(number, "throttled") for number in range(2, 8)]


def test_a_messenger_that_refuses_our_account_is_not_sent_what_was_being_asked_about() -> None:
    desk = run(_second_looks_during_a_pause_unpaced())
    assert [number for number, _ in desk.sent] == [1]
    assert sorted(desk.back) == [(number, "misconfigured") for number in range(2, 8)]


async def _second_looks_during_a_pause_unpaced() -> Desk:
    return await _second_looks_during_a_pause(lambda desk: desk.line.clear(60, "misconfigured"), None)


@settings(max_examples=40, deadline=None)
@given(
    rate=st.integers(1, 150),
    looks=st.lists(st.floats(0.5, 3), min_size=1, max_size=4),
    late=st.floats(0, 1),
    seed=st.integers(1, 7),
)
@example(rate=100, looks=[1.5], late=0.5, seed=2)
def test_no_second_holds_more_than_the_rate_however_long_it_takes_to_ask_again(
    rate: int, looks: list[float], late: float, seed: int
) -> None:
    """Fresh ones keep the line moving meanwhile, and all of them get through."""

    async def story() -> Desk:
        desk = Desk(looks, _smoother(rate))
        batch = max(rate // 4, 1)
        async with _open(desk):
            for number in range(20):
                entries = [_parcel(number * batch + place) for place in range(batch)]
                for each in entries[:: seed + 1]:
                    each.looked_at -= late
                desk.line.put(entries)
                await asyncio.sleep(batch / rate)
        return desk

    desk = run(story())
    assert busiest([at for _, at in desk.sent]) <= rate
    ended = sorted([number for number, _ in desk.sent] + [number for number, _ in desk.back])
    assert ended == list(range(20 * max(rate // 4, 1)))
    assert {reason for _, reason in desk.back} <= {"lease nearly over"}


def test_a_line_gets_on_even_where_each_answer_takes_longer_than_a_slot_lasts() -> None:
    """At one message a second, and with nothing else to send."""

    async def story() -> Desk:
        desk, late = Desk([1.5], _smoother(1)), _parcel(1)
        late.looked_at -= 2 * FRESH
        async with _open(desk):
            desk.line.put([late])
            await asyncio.sleep(20)
        return desk

    assert len(run(story()).sent) == 1


def test_one_delivery_in_two_parcels_can_wait_for_the_same_answer() -> None:
    """Its first lease is over while the store is still being asked."""

    async def story() -> list[bool]:
        async def ask(ids: Sequence[int]) -> Collection[int]:
            await asyncio.sleep(130)
            return ids

        first, second = _parcel(1), _parcel(1)
        async with asyncio.TaskGroup() as tasks:
            look = Recheck(ask, tasks, lambda: (), here().time)
            for each in (first, second):
                each.looked_at -= 2 * FRESH
                tasks.create_task(look.take(each))
        return [first.wanted, second.wanted]

    assert run(story()) == [True, True]


def test_only_what_goes_out_in_bulk_waits_for_connections_being_opened() -> None:
    """Also what is claimed meanwhile."""

    async def story() -> tuple[Desk, float]:
        desk, began = Desk(smoother=_smoother(30), opening=5.0), here().time()
        async with _open(desk):
            desk.line.put([_parcel(1), _parcel(2, Kind.REPLY), _parcel(3, Kind.STAFF)])
            await asyncio.sleep(1)
            desk.line.put([_parcel(4, Kind.REMINDER), _parcel(5, Kind.REPLY)])
            await asyncio.sleep(6)
        return desk, began

    desk, began = run(story())
    assert max(at - began for at in desk.moments([2, 3])) < 0.2
    assert max(at - began for at in desk.moments([5])) < 1.2
    assert min(at - began for at in desk.moments([1, 4])) >= 5
    assert len(desk.sent) == 5


def test_what_waits_for_connections_goes_back_when_the_messenger_wants_nothing() -> None:
    async def story() -> Desk:
        desk = Desk(smoother=_smoother(30), opening=5.0)
        async with _open(desk):
            desk.line.put([_parcel(1)])
            await asyncio.sleep(1)
            desk.line.clear(0.0, "stopping")
            await asyncio.sleep(6)
        return desk

    desk = run(story())
    assert not desk.sent
    assert desk.back == [(1, "stopping")]


def test_a_message_that_comes_while_others_of_the_person_go_out_goes_after_them() -> None:
    """The third waits behind the first two; the fourth comes while the second is under way."""

    def to_siti(number: int) -> QueueEntry:
        return QueueEntry(replace(_parcel(number, Kind.REPLY).claimed, address="siti"), WORDS, here().time() + 60, 0)

    async def story() -> Desk:
        desk = Desk(latency=1.0)
        async with _open(desk):
            desk.line.put([to_siti(number) for number in (1, 2, 3)])
            await asyncio.sleep(1.5)
            desk.line.put([to_siti(4)])
        return desk

    desk = run(story())
    assert [number for number, _ in desk.sent] == [1, 2, 3, 4]
    assert busiest([at for _, at in desk.sent]) == 1, "one is under way at a time"
