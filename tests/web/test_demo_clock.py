"""The demonstration's clock: it moves only when ticked, and everything due happens on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.app.wiring import App, build_app
from bot.channels.web.channel import WebChannel
from bot.demo.clock import START, DemoClock
from bot.demo.journal import Fate, Journal
from bot.demo.timeline import Timeline
from bot.demo.visitor import Visitor
from programme.model.clock import SetClock
from programme.model.messages import Button, Kind
from programme.model.zones import Zone
from tests.fakes.open_page import on_page


class Stage:
    """An app with one visitor at the page."""

    def __init__(self, app: App, clock: SetClock, channel: WebChannel) -> None:
        self.demo_clock = DemoClock(Timeline(clock, app.jobs))
        self.channel = channel
        self.visitor = Visitor(app, channel, self.demo_clock, "visitor")
        self.journal = Journal(app)
        app.sender.listeners.append(self.journal.heard)

    async def introduced(self) -> None:
        await self.visitor.say("/start")
        for label in ("Gelombang 21", "WIB"):
            await self.press(label)

    async def press(self, label: str) -> None:
        for post in reversed(on_page(self.channel, "visitor")):
            for key in (key for row in post.message.keys for key in row):
                if isinstance(key, Button) and label.casefold() in key.label.casefold():
                    await self.visitor.press(key, post.id)
                    return
        pytest.fail(f"no button {label}")

    @property
    def reminded_at(self) -> list[datetime]:
        return [post.at for post in on_page(self.channel, "visitor") if post.kind is Kind.REMINDER]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    clock = SetClock(START)
    channel = WebChannel(clock)
    async with build_app(database=None, clock=clock, channels={"web": channel}, key=bytes(32)) as app:
        yield Stage(app, clock, channel)


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2021, 10, day, hour, minute, tzinfo=Zone.WIB.tz)


async def test_time_passes_at_the_chosen_speed_while_it_plays(stage: Stage) -> None:
    """Ten ticked seconds are ten seconds, ten hours, or nothing at all in a pause."""
    clock = stage.demo_clock
    await clock.tick(10)
    assert clock.now() == START + timedelta(seconds=10)
    clock.speed = 3600
    await clock.tick(10)
    assert clock.now() == START + timedelta(hours=10, seconds=10)
    clock.playing = False
    await clock.tick(10)
    assert clock.now() == START + timedelta(hours=10, seconds=10)


async def test_a_jump_leaves_nothing_out(stage: Stage) -> None:
    """Whoever jumps past the cutoff gets every reminder of the days between, at its own hour."""
    await stage.introduced()
    await stage.demo_clock.jump(wib(22, 9, 5))
    assert {wib(20, 9), wib(21, 9), wib(21, 18), wib(21, 21), wib(22, 9)} <= set(stage.reminded_at)


async def test_six_hours_a_second_leave_nothing_out_either(stage: Stage) -> None:
    """However large the steps, the reminders come at the same moments as by a jump."""
    await stage.introduced()
    stage.demo_clock.speed = 21600
    for _step in range(18):
        await stage.demo_clock.tick(1)
    assert {wib(20, 9), wib(21, 9), wib(21, 18), wib(21, 21), wib(22, 9)} <= set(stage.reminded_at)


async def test_starting_over_sets_the_clock_back_to_monday(stage: Stage) -> None:
    """The demonstration begins again at the pace of real time."""
    stage.demo_clock.speed = 21600
    await stage.demo_clock.jump(wib(25, 12))
    await stage.demo_clock.restart()
    assert (stage.demo_clock.now(), stage.demo_clock.speed) == (START, 1)


async def test_the_journal_tells_what_went_out_and_what_is_to_come(stage: Stage) -> None:
    """Before anything was said it is empty; then it names the reminders ahead and the replies behind."""
    assert (await stage.journal.read("visitor")).ahead == ()
    await stage.introduced()
    page = await stage.journal.read("visitor")
    assert [(entry.title, entry.at) for entry in page.ahead][-2:] == [
        ("Hari terakhir, 21.00", wib(21, 21)),
        ("Pagi sesudah batas", wib(22, 9)),
    ]
    assert {entry.kind for entry in page.behind} == {Kind.REPLY}
    await stage.demo_clock.jump(wib(20, 12))
    behind = (await stage.journal.read("visitor")).behind
    assert (behind[0].title, behind[0].at, behind[0].fate) == ("Besok batasnya", wib(20, 9), Fate.SENT)


async def test_the_journal_strikes_out_what_buying_made_pointless(stage: Stage) -> None:
    """Reminders that were to come stay in sight as called off; only whether the purchase shows is asked."""
    await stage.introduced()
    await stage.demo_clock.jump(wib(20, 12))
    await stage.journal.read("visitor")
    for label in ("Sudah beli", "Tokopedia", "Hari ini"):
        await stage.press(label)
    called_off = [entry for entry in (await stage.journal.read("visitor")).ahead if entry.fate is Fate.CANCELLED]
    assert [entry.at for entry in called_off] == [wib(21, 9), wib(21, 18), wib(21, 21), wib(22, 9)]
    assert {entry.note for entry in called_off} == {"Dibatalkan, sudah beli"}
    await stage.demo_clock.jump(wib(21, 22))
    assert [at for at in stage.reminded_at if at >= wib(20, 12)] == [wib(21, 18)]


async def test_undoing_the_report_brings_the_reminders_back(stage: Stage) -> None:
    """Whoever bought by mistake sees the same reminders ahead as before."""
    await stage.introduced()
    before = (await stage.journal.read("visitor")).ahead
    await stage.visitor.say("/sudahbeli")
    for label in ("Tokopedia", "Hari ini"):
        await stage.press(label)
    assert (await stage.journal.read("visitor")).ahead != before
    await stage.press("Batalkan, belum beli")
    after = [entry for entry in (await stage.journal.read("visitor")).ahead if entry.fate is Fate.AHEAD]
    assert after == list(before)
