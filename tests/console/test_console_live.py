"""Live: one listener a process, however many tabs come and go."""

from __future__ import annotations

import asyncio
import gc

from nicegui import Client

from bot.console.inbox_page import Inbox
from bot.console.open_page import OpenPage
from tests.console.conftest import Staffed


async def test_two_browsers_see_the_same(staffed: Staffed) -> None:
    """What Wati does stands on Budi's page at the next look, though he pressed nothing."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    pages = []
    for who in ("budi", "wati"):
        page = await staffed.signed_in(who)
        await page.open(f"/konsol/aduan?aduan={ticket.id}")
        pages.append(page)
    budi, wati = pages
    wati.find(marker="Ambil").click()
    await wati.should_see("Diambil Wati")
    await budi.should_see("dipegang Wati")


async def test_tabs_that_never_connect_listen_to_nothing(staffed: Staffed) -> None:
    """A page that is fetched and dropped, a hundred times, leaves no listener; a tab that closes takes its own away."""
    browser = (await staffed.signed_in("budi")).http_client
    for _tab in range(100):
        assert (await browser.get("/konsol/aduan")).status_code == 200
    assert staffed.console.live.listening == 0
    user = await staffed.signed_in("wati")
    await user.open("/konsol/aduan")
    assert staffed.console.live.listening == 1
    assert user.client is not None
    user.client.delete()
    assert staffed.console.live.listening == 0


async def test_nothing_is_left_of_tabs_that_were_dropped(staffed: Staffed) -> None:
    """A hundred pages that no browser came back for are let go after a minute, with all that was drawn on them."""

    def held() -> int:
        gc.collect()
        return sum(isinstance(each, Inbox | OpenPage) for each in gc.get_objects())

    browser, before = (await staffed.signed_in("budi")).http_client, held()
    for _tab in range(100):
        await browser.get("/konsol/aduan")
    assert held() > before
    Client.prune_instances(client_age_threshold=-1)
    ending = [task for task in asyncio.all_tasks() if task.get_name().startswith("outbox loop")]
    await asyncio.wait(ending)  # within a second each notes that its tab is gone
    ending.clear()
    assert held() <= before


async def test_nobody_looks_where_no_page_is_open(staffed: Staffed) -> None:
    """The store is left alone as long as nobody has the console open."""
    assert not await staffed.console.live.look()
