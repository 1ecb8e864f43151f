"""Live: one listener a process, however many tabs come and go."""

from __future__ import annotations

import asyncio
import gc
from dataclasses import replace

import pytest
from nicegui import Client
from nicegui.testing.user import User
from sqlalchemy import event

from bot.console import waiting_tabs
from bot.console.access import Right
from bot.console.inbox_page import Inbox
from bot.console.open_page import OpenPage
from tests.console.conftest import Staffed


@pytest.fixture
def statements(staffed: Staffed) -> list[str]:
    """The statements that were run by the test itself, not by what listens and counts beside it."""
    ran = list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        task = asyncio.current_task()
        if task is None or not task.get_name().startswith("console: "):
            ran.append(statement)

    event.listen(staffed.app.store._reader.sync_engine, "before_cursor_execute", note)
    return ran


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


async def test_a_tab_listens_as_long_as_it_is_open(staffed: Staffed) -> None:
    """A page that is fetched and dropped listens to nothing; a tab that closes takes its own listener away."""
    user = await staffed.signed_in("wati")
    assert (await user.http_client.get("/konsol/aduan")).status_code == 200
    assert staffed.console.live.listening == 0
    await user.open("/konsol/aduan")
    assert staffed.console.live.listening == 1
    assert user.client is not None
    user.client.delete()
    assert staffed.console.live.listening == 0


def kept_for(page: Client) -> float:
    return page.page.resolve_reconnect_timeout()


async def test_a_browser_that_was_lost_for_a_while_finds_its_page_as_it_was(staffed: Staffed) -> None:
    """In a lift or in another application, for less than a minute: nothing is loaded anew, so nothing typed is gone."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    budi = await staffed.signed_in("budi")
    page = await budi.open(f"/konsol/aduan?aduan={ticket.id}")
    page.handle_disconnect(*page._socket_to_document_id)
    assert staffed.console.live.listening == 0
    assert kept_for(page) == waiting_tabs.COMES_BACK
    await page.handle_handshake("again", budi.tab_id, None, "the same document", None)
    await staffed.says("siti", "Tolong ya kak")
    await budi.should_see("Tolong ya kak")


async def test_pages_are_kept_for_few_that_were_lost_and_none_that_said_they_go(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each page that somebody looked at would take its memory for a minute."""
    monkeypatch.setattr(waiting_tabs, "MOST_LOST", 2)
    budi, kept = await staffed.signed_in("budi"), []
    for number in range(5):
        page = await budi.open("/konsol/aduan")
        if number == 0:
            listener = next(one for one in page.layout._event_listeners.values() if one.type == "pergi")
            page.layout._handle_event({"listener_id": listener.id, "args": []})
        page.handle_disconnect(*page._socket_to_document_id)
        kept.append(kept_for(page))
    assert kept == [waiting_tabs.GONE, *[waiting_tabs.COMES_BACK] * 2, *[waiting_tabs.GONE] * 2]


async def test_pages_that_nobody_came_back_for_are_few_and_gone_soon(
    staffed: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many dropped tabs the newest few are kept at all, and none for long; an open one stays, and all it shows.

    Counted are what NiceGUI keeps a tab by, and what of ours hangs on it.
    """
    monkeypatch.setattr(waiting_tabs, "MOST", 8)

    def held() -> int:
        gc.collect()
        return sum(isinstance(each, Inbox | OpenPage | Client) for each in gc.get_objects())

    user = await staffed.signed_in("budi")
    await user.open("/konsol/aduan")
    before = held()
    for _tab in range(25):
        assert (await user.http_client.get("/konsol/aduan")).status_code == 200
    assert staffed.console.tabs.waiting == 8
    assert len(Client.instances) == 9
    staffed.console.tabs.let_go(longest=0)
    ending = {each for each in asyncio.all_tasks() if each.get_name().startswith("outbox loop")}
    while len(ending) > 1:  # each notes within a second that its tab is gone; the open one goes on
        _ended, ending = await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
    ending.clear()
    del _ended
    assert len(Client.instances) == 1
    assert held() <= before
    await user.should_see("Antrean")


async def test_who_is_turned_away_leaves_nothing(staffed: Staffed) -> None:
    """No page is kept for whoever isn't let in, however often they ask."""
    stranger, agent = staffed.browser().http_client, (await staffed.signed_in("budi")).http_client
    for _time in range(3):
        assert (await stranger.get("/konsol/aduan")).status_code == 303
        assert (await agent.get("/konsol/jejak")).status_code == 403
    assert not Client.instances


async def test_nobody_looks_where_no_page_is_open(staffed: Staffed) -> None:
    """The store is left alone as long as nobody has the console open."""
    assert not await staffed.console.live.look()


async def test_what_was_read_first_is_never_drawn_last(staffed: Staffed) -> None:
    """Two looks of one page at once, as a press and a change: the second waits until the first one is drawn."""
    signed = await staffed.signed_in("budi")
    session = await staffed.console.access.admit(signed.http_client.cookies["sobat-konsol"], Right.SEE_TICKETS, "/")
    page, drawn, reads = OpenPage(staffed.console, session, Right.SEE_TICKETS, "/"), list[str](), asyncio.Event()

    async def refresh(name: str) -> None:
        async with page.looking() as acting:
            if name == "first":
                reads.set()
                for _step in range(20):
                    await acting.tx.inbox_list.version()
        drawn.append(name)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(refresh("first"))
        await reads.wait()
        tasks.create_task(refresh("second"))
    assert drawn == ["first", "second"]


async def test_many_tabs_on_one_list_read_it_once(staffed: Staffed, statements: list[str]) -> None:
    """A change is read as often for three tabs that look at the same as for one, and all of them show it."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    costs, tabs = list[int](), list[User]()
    for who in ("budi", "wati", "sari"):
        user = await staffed.signed_in(who)
        await user.open(f"/konsol/aduan?tumpukan=terbuka&aduan={ticket.id}")
        tabs.append(user)
        statements.clear()
        await staffed.console.live.tell()
        costs.append(len(statements))
    assert costs[0] == costs[1] == costs[2] > 0
    await staffed.complains("rudi", "Voucher gagal")
    await staffed.console.live.look()
    for user in tabs:
        await user.should_see("1 baru")


async def test_a_tab_never_goes_back_to_what_others_read_before(staffed: Staffed) -> None:
    """A page that looked by itself after a round of reads began takes nothing of that round any more."""
    signed = await staffed.signed_in("budi")
    session = await staffed.console.access.admit(signed.http_client.cookies["sobat-konsol"], Right.SEE_TICKETS, "/")
    page, other = (OpenPage(staffed.console, session, Right.SEE_TICKETS, "/") for _page in range(2))

    async def labels(of: OpenPage) -> int:
        async with of.looking_together() as reads:
            return len(await reads.once("labels", lambda tx: tx.inbox_list.labels()))

    async def label(name: str) -> None:
        ticket = await staffed.complains(name, "Saldo saya nol")
        async with staffed.app.store.writing() as tx:
            await tx.tickets.save(replace(ticket, labels=f" {name} "))

    await label("satu")
    assert await labels(page) == await labels(other) == 1
    await label("dua")
    async with page.looking():
        pass
    assert (await labels(page), await labels(other)) == (2, 1)
    await staffed.console.live.tell()
    assert await labels(other) == 2
