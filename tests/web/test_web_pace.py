"""Whoever types is answered at once; a script waits for its turn, and nothing of it is lost silently."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app.wiring import build_app
from bot.channels.web.channel import WebChannel
from bot.demo.clock import START
from bot.demo.visitor import Visitor
from bot.demo.visitor_limit import BURST, EVERY, IN_HAND, VisitorLimiter, VisitorLimiters
from programme.model.clock import SetClock
from programme.redaction.cutter import LONGEST
from tests.delivery.virtual_time import here, run
from tests.fakes.open_page import on_page
from tests.store.samples import away


@given(st.lists(st.floats(0, 5), max_size=60))
def test_more_than_a_burst_and_one_a_second_never_passes(pauses: list[float]) -> None:
    """In any stretch of time, and without a turn ever being given back."""
    pace, now, turns = VisitorLimiter(), 0.0, []
    for pause in pauses:
        now += pause
        turns.append(now + pace.turns.wait(now))
    assert turns == sorted(turns)
    for first, turn in enumerate(turns):
        stretch = [later - turn for later in turns[first:]]
        assert all(passed + 1e-6 >= (place - BURST + 1) * EVERY for place, passed in enumerate(stretch))


@given(st.lists(st.floats(EVERY, 60), max_size=30))
def test_who_sends_no_more_than_one_a_second_never_waits(pauses: list[float]) -> None:
    pace, now = VisitorLimiter(), 0.0
    for pause in pauses:
        now += pause
        assert pace.turns.wait(now) == 0


def test_all_pages_of_a_browser_share_a_pace_and_others_have_their_own() -> None:
    paces = VisitorLimiters()
    assert paces.of("a") is paces.of("a")
    assert paces.of("a") is not paces.of("b")


@asynccontextmanager
async def _visiting() -> AsyncIterator[Visitor]:
    clock = SetClock(START)
    channel = WebChannel(clock)
    async with build_app(database=None, clock=clock, channels={"web": channel}, key=b"key") as app:
        yield Visitor(app, channel, None, "a", VisitorLimiter())


async def _at_once(visitor: Visitor, count: int) -> float:
    """Say so much in one moment; return in how many seconds all of it was answered."""
    begun = here().time()
    async with asyncio.TaskGroup() as tasks:
        for number in range(count):
            tasks.create_task(visitor.say(f"menu {number}"))
    return here().time() - begun


def _own(visitor: Visitor) -> list[str]:
    return [post.message.text for post in on_page(visitor.channel, "a") if post.own]


def _asked_to_wait(visitor: Visitor) -> int:
    return sum("Pelan-pelan ya" in post.message.text for post in on_page(visitor.channel, "a"))


def test_a_burst_is_answered_at_once_and_what_comes_faster_waits_for_its_turn() -> None:
    async def story() -> None:
        async with _visiting() as visitor:
            assert await _at_once(visitor, BURST) < EVERY
            assert await _at_once(visitor, 5) == pytest.approx(5 * EVERY, abs=EVERY / 2)
            assert _own(visitor) == [f"menu {number}" for number in (*range(BURST), *range(5))]
            assert _asked_to_wait(visitor) == 0

    run(story())


def test_a_script_is_asked_once_to_slow_down_and_may_speak_again_later() -> None:
    async def story() -> None:
        async with _visiting() as visitor:
            assert await _at_once(visitor, 2000) == pytest.approx((IN_HAND - BURST) * EVERY, abs=EVERY / 2)
            assert len(_own(visitor)) == IN_HAND, "what stands in the chat is answered"
            assert _asked_to_wait(visitor) == 1
            await asyncio.sleep(60)
            assert await _at_once(visitor, 1) < EVERY
            assert await _at_once(visitor, 2000) > 0
            assert _asked_to_wait(visitor) == 2, "it was quiet in between"

    run(story())


def test_a_novel_is_cut_where_messengers_cut() -> None:
    async def story() -> None:
        async with _visiting() as visitor:
            await visitor.say("halo " * 100_000)
            assert len(_own(visitor)[0]) == LONGEST + 1, "an ellipsis tells of it"

    run(story())


def test_who_speaks_while_the_database_is_away_hears_so() -> None:
    async def story() -> None:
        async with _visiting() as visitor:

            def gone(**_how: bool) -> None:
                raise away()

            visitor.app.inbox_processor.store.writing = gone  # type: ignore[method-assign, assignment]
            await visitor.say("menu")
            assert "gangguan di pihakku" in on_page(visitor.channel, "a")[-1].message.text

    run(story())


async def test_what_cannot_be_looked_at_counts_as_well() -> None:
    """To find out that something is no picture takes as long as a picture does."""
    async with _visiting() as visitor:
        for _ in range(BURST):
            await visitor.show("gambar.jpg", b"no picture")
        assert visitor.pace.turns.wait(asyncio.get_running_loop().time()) > 0
