"""Ringkasan: what is counted, by stretches and by hours, and what the first page tells of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.console.counting import Counting
from bot.console.still import Still
from bot.console.wave_figures import overview
from bot.demo.town import PEOPLE, found_town
from bot.store import Store
from bot.store.repositories import tallies
from programme.model.milestones import Milestone
from programme.programme import load_programme
from tests.console.conftest import Staffed, open_console
from tests.databases import MONDAY, at

WAVE = 21


async def test_the_wave_tonight(store: Store) -> None:
    """A made-up town is counted: who passed, has a chat, has not bought, can't be reached; what was told, why not.

    A second count of the same hour takes the place of the first; a clock set back finds its own figures.
    """
    await found_town(at(store, MONDAY))
    counting = Counting(store)
    await counting.run()
    async with store.reading() as tx:
        read = await overview(tx, load_programme())
    tonight = read.tonight
    assert tonight is not None
    assert tonight.wave == WAVE
    assert tonight.people == tonight.linked == PEOPLE[WAVE]
    assert tonight.roster == PEOPLE[WAVE] + 140
    assert tonight.silent == 140
    assert tonight.open == PEOPLE[WAVE] - tonight.steps[Milestone.BOUGHT]
    assert tonight.not_reached == tonight.silent + tonight.unreachable
    assert list(tonight.told) == [f"reminder/21/2021-10-21/{key}" for key in ("H-14", "H-3", "H-7")]
    assert sum(read.reminders) == sum(tonight.told.values())
    assert sum(read.bought_after) + sum(read.bought_other) > 0
    assert sum(map(sum, read.obstacles.values())) > 20
    assert [one.wave for one in read.waves] == [21, 18]

    await counting.run()
    async with store.reading() as tx:
        assert await overview(tx, load_programme()) == read, "counted anew, and not twice"
    at(store, MONDAY - timedelta(days=6))
    await counting.run()
    async with store.reading() as tx:
        earlier = await overview(tx, load_programme())
    assert earlier.tonight is not None
    assert list(earlier.tonight.told) == ["reminder/21/2021-10-21/H-14"]


async def test_a_bought_place_is_at_no_risk_and_an_empty_store_teaches(in_memory: None) -> None:
    """Without anybody the page says what would be here, and how it comes in."""
    async with open_console(None) as staffed:
        sari = await staffed.signed_in("sari")
        await sari.open("/konsol")
        await sari.should_see("Belum ada peserta")
        await sari.should_see("sobat import roster")
        await sari.should_see("Tidak ada batas beli di depan")


async def test_the_first_page_shows_it(staffed: Staffed) -> None:
    """The page in Indonesian and in English, with the same figures in words for who can't see a chart."""
    await found_town(staffed.app.store)
    await staffed.console.counting.run()
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol")
    await sari.should_see("Gelombang 21")
    await sari.should_see("tak terjangkau siapa pun")
    await sari.should_see("Belum tahu caranya")
    sari.http_client.cookies.set("sobat-konsol-bahasa", "en")
    await sari.open("/konsol")
    await sari.should_see("out of everybody’s reach")
    await sari.should_see("bought without one")


async def test_one_press_reaches_exactly_who_is_at_risk(staffed: Staffed) -> None:
    """Near the cutoff a supervisor goes on to the composer with that audience; an agent is told who may."""
    await found_town(staffed.app.store)
    await staffed.later(days=1)
    await staffed.console.counting.run()
    sari, budi = await staffed.signed_in("sari"), await staffed.signed_in("budi")
    await sari.open("/konsol")
    (shown,) = (text for each in sari.find(Still).elements if "belum-beli" in (text := each.props["drawn"]))
    found = re.search(r"/konsol/siaran/baru\?untuk=belum-beli&gelombang=21", shown)
    assert found is not None
    assert (await sari.http_client.get(found[0])).status_code == 200
    await budi.open("/konsol")
    await budi.should_see("Minta supervisor menyiarkan ke mereka")
    await budi.should_not_see("Tulis siaran untuk mereka")


async def test_an_hour_is_counted_in_portions(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hour of a reminder, with purchases and reasons, in portions of seven: the same figures as at once."""
    await found_town(at(store, MONDAY))
    counting = Counting(store)
    hours = [datetime(2021, 10, day, hour, tzinfo=UTC) for day, hour in ((14, 1), (14, 2), (18, 1))]
    at_once = [await counting._hour(hour, await counting._firsts(hour)) for hour in hours]
    monkeypatch.setattr(tallies, "PORTION", 7)
    assert [await counting._hour(hour, await counting._firsts(hour)) for hour in hours] == at_once
    assert [sum(at_once[0]["reminders"].values()), sum(at_once[1]["bought"].values())] == [176, 17]


async def test_what_people_ask_is_counted_by_the_hour(staffed: Staffed) -> None:
    """What a process counted is added to what others did, once; the page shows the day and the hours."""
    await staffed.says("siti", "/start", "insentif belum cair", "batas beli kapan?")
    for _time in range(2):
        await staffed.app.inbox_processor.intents.write()
    await staffed.says("budi", "insentif belum cair")
    await staffed.console.counting.run()
    async with staffed.app.store.reading() as tx:
        asked = (await overview(tx, load_programme())).asked
    assert asked["incentive_problem"][-1] == 2
    assert asked["deadline"][-1] == 1
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol")
    await sari.should_see("Yang ditanyakan per jam")
