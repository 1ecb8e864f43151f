"""An approved edit holds everywhere within seconds: in answers, in reminders, and for whoever was told the old date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.editing.impact import impact_of
from bot.editing.outlook import outlook_of
from bot.editing.service import Wish, approve, check, propose
from bot.store import Store
from programme.edits import Place
from programme.model.events import CutoffTold
from programme.model.milestones import Milestone
from reminders.policy import load_policy
from tests.broadcast.crowd import JOKO, RINA, settle_in
from tests.reminders.moments import wib
from tests.story.town import Town, open_town

WISH = Wish(
    place=Place("waves.tsv", "21", "cutoff"),
    value="2021-10-25",
    source="@prakerja.go.id, 18 Oct 2021",
    as_of="2021-10-18",
)
RATES = {"telegram": 25.0}


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[Town]:
    async with open_town(sqlite_url) as opened:
        yield opened


async def moved(store: Store, wish: Wish = WISH) -> None:
    async with store.writing() as tx:
        number = await propose(tx, wish, RINA)
        await approve(tx, number, JOKO)


async def test_the_bot_tells_the_new_date_without_a_restart(town: Town) -> None:
    """Who asks hears it at once; who was told the old one is told that it moved, and is reminded by the new."""
    asks, waits = [await town.person(name).lives("makassar") for name in ("who asks", "who waits")]
    await moved(town.app.store)
    await asks.says("batas beli gelombang 21 kapan?")
    assert "21 Oktober" in asks.news[-1].text
    await town.app.following.follow()
    await asks.says("batas beli gelombang 21 kapan?")
    assert "25 Oktober" in asks.news[-1].text
    await town.app.jobs.run()
    assert "21 Oktober 2021 pukul 23.59 WIB, tidak berlaku lagi" in waits.reminders[-1].text
    await town.until("2021-10-26T12:00:00+07:00")
    assert [shown for shown in waits.reminders if shown.at.date().day == 25]
    assert not [shown for shown in waits.reminders[1:] if "21 Oktober" in shown.text]


async def test_other_processes_take_it_up_by_its_version(town: Town) -> None:
    """A look without news reads one row and changes nothing; one with news exchanges what all parts hold."""
    following, held = town.app.following, town.app.programme
    assert await following.look() is False
    await moved(town.app.store)
    assert await following.look() is True
    assert await following.look() is False
    assert f"{held.waves[21].cutoff}" == "2021-10-25"
    await town.restart()
    assert f"{town.app.programme.waves[21].cutoff}" == "2021-10-25"


async def test_it_is_told_beforehand_whom_a_moved_cutoff_touches(store: Store) -> None:
    """Not who has bought; who was told another date is told; the last reminders take as long as the rate has it."""
    async with store.writing() as tx:
        await settle_in(tx, range(1, 101))
        await settle_in(tx, range(101, 111), reached=Milestone.BOUGHT)
        await settle_in(tx, range(111, 116), reachable=False)
        await settle_in(tx, range(201, 211), wave=22)
        for person in (await tx.people.many([1, 2, 3])).values():
            told = CutoffTold(wib("2021-10-21 23:59:59") if person.id < 3 else wib("2021-10-25 23:59:59"))
            await tx.people.save(person.after(told), [told])
        await tx.reminders.set_row(1, wib("2021-10-20 09:00"))
        [change] = (await outlook_of(tx, await check(tx, WISH, RINA))).moved
    found = await impact_of(store, change, load_policy(), RATES)
    assert (found.touched.people, found.touched.by_channel["telegram"], found.touched.silent) == (105, 100, 5)
    assert (found.touched.planned, found.corrected) == (1, 2)
    assert found.calls_at == wib("2021-10-25 21:00")
    assert found.finished_at == wib("2021-10-25 21:00") + timedelta(seconds=4)
    assert not found.is_past
    assert not found.is_late
    slow = await impact_of(store, change, load_policy(), {"telegram": 0.005})
    assert slow.is_late


async def test_nobody_is_told_of_a_cutoff_that_is_over_already(in_memory: None, store: Store) -> None:
    """It is said, and no reminder is reckoned."""
    past = Wish(place=WISH.place, value="2021-10-17", source=WISH.source, as_of=WISH.as_of)
    async with store.writing() as tx:
        [change] = (await outlook_of(tx, await check(tx, past, RINA))).moved
    found = await impact_of(store, change, load_policy(), RATES)
    assert found.is_past
    assert (found.corrected, found.calls_at, found.finished_at) == (0, None, None)
