"""Telegram takes 20 messages a minute into one group: never more, in no stretch of a minute."""

from __future__ import annotations

import asyncio

import pytest

from bot.rate_limit.group_policy import GroupRateLimiter
from bot.rate_limit.group_row import SharedWindow
from bot.store import Store

MINUTE = 0.2  # seconds that stand for a minute


async def test_a_burst_goes_at_once_and_the_rest_as_room_comes() -> None:
    pace = GroupRateLimiter(per_minute=20, minute=MINUTE)
    loop = asyncio.get_running_loop()
    moments = []
    for _ in range(50):
        await pace.turn()
        moments.append(loop.time())
    assert moments[19] - moments[0] < MINUTE, "the first twenty need not wait"
    spans = [later - first for first, later in zip(moments, moments[20:], strict=False)]
    assert min(spans) >= MINUTE * 0.99


async def test_a_freeze_is_waited_out() -> None:
    pace = GroupRateLimiter(minute=MINUTE)
    loop = asyncio.get_running_loop()
    start = loop.time()
    pace.freeze(0.05)
    await pace.turn()
    assert loop.time() - start > 0.049  # the loop counts whole milliseconds


async def test_two_processes_count_together(store: Store) -> None:
    """Whichever of them sends: what one sent, the other can't send any more."""
    one, other = (SharedWindow(store, "-100700") for _ in range(2))
    turns = [await (one if number % 2 else other).take(5, MINUTE * 1000) for number in range(8)]
    assert [turn.granted for turn in turns] == [True] * 5 + [False] * 3
    assert len(turns[-1].ages) == 5
    assert (await SharedWindow(store, "-100701").take(5, MINUTE * 1000)).granted, "each group for itself"
    pace = GroupRateLimiter(per_minute=5, minute=MINUTE * 1000, shared=other)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await pace.turn()


async def test_a_minute_later_there_is_room_again(store: Store) -> None:
    turns = SharedWindow(store, "-100700")
    assert (await turns.take(1, MINUTE)).granted
    while not (turn := await turns.take(1, MINUTE)).granted:
        assert turn.ages[0] < MINUTE


async def test_what_the_messenger_wants_holds_every_process(store: Store) -> None:
    one, other = (GroupRateLimiter(minute=MINUTE, shared=SharedWindow(store, "-100700")) for _ in range(2))
    start = asyncio.get_running_loop().time()
    await one.hold(0.2)
    await other.turn()
    assert asyncio.get_running_loop().time() - start >= 0.19
