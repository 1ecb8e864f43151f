"""The channel's limit is never crossed, and nearly all of it is used, however the process stumbles."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rate_limit import Grant, RateSmoother
from bot.rate_limit.shares import RESERVED, USED
from tests.delivery.virtual_time import here, run


class OneBudget:
    """The arithmetic of the shared row, in memory."""

    def __init__(self, rate: float) -> None:
        self.rate, self.tat, self.spent, self.frozen = rate, 0.0, 0, 0.0

    async def lease(self, slots: int) -> Grant:
        now, apart = here().time(), 1 / (self.rate * USED)
        start = max(self.tat, now)
        self.tat = start + slots * apart
        return Grant(slots, start - now, apart)

    async def spend(self, slots: int) -> Grant:
        self.spent += slots
        self.tat = max(self.tat, here().time()) + slots / self.rate
        return Grant(0, 0.0, 1 / self.rate)

    async def freeze(self, seconds: float) -> None:
        self.frozen = seconds


async def _sends(
    budgets: list[OneBudget], seconds: float, stalls: list[tuple[float, float]] | None = None
) -> list[float]:
    """When each message went, over so many seconds in which every lane is always ready."""
    loop, sent, began = here(), list[float](), here().time()
    for at, length in stalls or []:
        loop.call_later(at, loop.stall, length)
    smoothers = [RateSmoother(budget, loop.time) for budget in budgets]

    async def lane(smoother: RateSmoother) -> None:
        while loop.time() < began + seconds:
            await smoother.slot()
            sent.append(loop.time())

    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(smoother.run()) for smoother in smoothers]
        for lane_done in [tasks.create_task(lane(smoother)) for smoother in smoothers for _ in range(4)]:
            await lane_done
        for task in running:
            task.cancel()
    return sent


def busiest(sent: list[float]) -> int:
    """The most messages in any second."""
    most, first = 0, 0
    for last, at in enumerate(sent):
        while sent[first] <= at - 1 + 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


@settings(max_examples=25, deadline=None)
@given(
    rate=st.integers(2, 400),
    stalls=st.lists(st.tuples(st.floats(0.1, 4), st.floats(0.001, 0.8)), max_size=6),
)
def test_no_second_holds_more_than_the_rate_whatever_stalls_there_are(
    rate: int, stalls: list[tuple[float, float]]
) -> None:
    """A process that was stopped for a while does not make up for it in a burst."""
    sent = run(_sends([OneBudget(rate)], 5, stalls))
    assert busiest(sent) <= rate


@settings(max_examples=15, deadline=None)
@given(rate=st.integers(20, 400))
def test_nearly_all_of_the_rate_is_used(rate: int) -> None:
    sent = run(_sends([OneBudget(rate)], 5))
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= 0.985 * rate


@settings(max_examples=10, deadline=None)
@given(rate=st.integers(100, 400), stall=st.floats(0.02, 0.08))
def test_a_machine_with_hiccups_still_uses_nearly_all_of_it(rate: int, stall: float) -> None:
    """What is missed is made up for, little by little: some of it still after the last hiccup."""
    sent = run(_sends([OneBudget(rate)], 6, [(0.3 * number, stall) for number in range(1, 15)]))
    assert busiest(sent) <= rate
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= 0.975 * rate


@settings(max_examples=10, deadline=None)
@given(rate=st.integers(20, 200), workers=st.integers(2, 5))
def test_workers_share_the_rate(rate: int, workers: int) -> None:
    budget = OneBudget(rate)
    sent = sorted(run(_sends([budget] * workers, 4)))
    assert busiest(sent) <= rate + workers
    assert len(sent) >= 0.95 * rate * 4


def test_a_freeze_lasts_exactly_as_long_as_was_asked() -> None:
    async def story() -> float:
        smoother = RateSmoother(OneBudget(50), here().time)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(smoother.run())
            for _ in range(10):
                await smoother.slot()
            before = here().time()
            smoother.freeze(35)
            await smoother.slot()
            running.cancel()
        return here().time() - before

    assert 35 <= run(story()) < 35.1


def test_a_reply_takes_the_place_of_the_next_message_in_bulk() -> None:
    """Both together keep within the rate."""

    async def story() -> list[float]:
        budget, loop = OneBudget(40), here()
        smoother, sent = RateSmoother(budget, loop.time), list[float]()
        until = loop.time() + 4

        async def bulk() -> None:
            while loop.time() < until:
                await smoother.slot()
                sent.append(loop.time())

        async def talk() -> None:
            while loop.time() < until:
                await asyncio.sleep(0.5)
                smoother.spend()
                sent.append(loop.time())

        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(smoother.run())
            for task in (tasks.create_task(bulk()), tasks.create_task(talk())):
                await task
            running.cancel()
        return sent

    assert busiest(run(story())) <= 40 + 1


def test_capacity_is_kept_free_while_people_talk() -> None:
    assert RESERVED >= 0.05
