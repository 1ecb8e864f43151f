"""The console beside the bot, each in a process of its own, on one SQLite file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from benchmarks.console_process import Tab, browsing, signed_in
from bot.store import Store, open_store
from programme.model.staff import LINK_LASTS, Role, StaffMember
from programme.model.tickets import Author, Entry, Ticket
from tests.fakes.bot_api import FakeBotApi
from tests.processes.crew import Crew, until
from tests.processes.sobat_run import free_port

pytestmark = pytest.mark.xdist_group("processes")

RINA = StaffMember(channel="telegram", address="501", role=Role.ADMIN, name="Rina")
AGENTS = [replace(RINA, address=str(number), role=Role.AGENT, name=f"Petugas {number}") for number in (502, 503, 504)]
STAFF = [RINA, *AGENTS]
PEOPLE = range(100, 105)
AT_THE_CONSOLE = "https://konsol.example.org"
ANSWER = "Sudah kami cek, kak."
OURS = {"sec-fetch-site": "same-origin"}


async def way_in(database: str) -> str:
    """A link for Rina, as `sobat staff link` makes it."""
    store = open_store(database)
    async with store.writing() as tx:
        await tx.staff.put(RINA)
        code = await tx.doors.link(RINA, "terminal:test", LINK_LASTS)
    await store.close()
    return f"/konsol/masuk/{code}"


async def test_nobody_is_signed_out_by_a_crash(tmp_path: Path) -> None:
    """Killed and started again, the console still knows who is signed in; the bot never noticed it."""
    database = f"sqlite:///{tmp_path}/sobat.db"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with FakeBotApi() as api, Crew(api, database, tmp_path, webhook=False) as crew:
        jar = aiohttp.CookieJar(unsafe=True)  # of an address in numbers
        async with aiohttp.ClientSession(cookie_jar=jar) as browser:
            await crew.start("all-bot")
            await crew.ready("all-bot")
            await crew.start("console-1", CONSOLE_PORT=str(port))
            await until(lambda: answers(browser, port))
            entered = await browser.post(address + await way_in(database), headers=OURS, allow_redirects=False)
            assert entered.status == 303
            await crew.kill("console-1")
            await crew.start("console-1", CONSOLE_PORT=str(port))
            await until(lambda: answers(browser, port))
            page = await browser.get(f"{address}/konsol", allow_redirects=False)
            assert page.status == 200
            assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
            assert (await browser.get(f"{crew.address('all-bot')}/konsol")).status == 404


async def test_twenty_tabs_lose_nothing_in_a_crash(tmp_path: Path) -> None:
    """Killed while an answer may still be undone: nobody signs in anew, each draft is there, it goes out once."""
    database, port = f"sqlite:///{tmp_path}/sobat.db", free_port()
    store = open_store(database)
    async with FakeBotApi() as api, Crew(api, database, tmp_path, webhook=False) as crew, browsing() as session:

        async def opened(cookie: str, ticket: int) -> Tab:
            tab = Tab(f"http://127.0.0.1:{port}", cookie)
            await tab.load(session, f"/konsol/aduan?tumpukan=terbuka&aduan={ticket}")
            await tab.connect()
            return tab

        async def console() -> None:
            await crew.start("console-1", CONSOLE_PORT=str(port), CONSOLE_URL=AT_THE_CONSOLE)
            await until(lambda: answers(session, port))

        async def drafts() -> list[str]:
            async with store.reading() as tx:
                return [await tx.drafts.of(ticket, member.who) for member in STAFF for ticket in tickets]

        await crew.start("all-bot", CONSOLE_URL=AT_THE_CONSOLE)
        await crew.ready("all-bot")
        await console()
        for number in PEOPLE:
            api.user(number)
        tickets = [await complains(store, number) for number in PEOPLE]
        cookies = [await signed_in(store, member) for member in STAFF]
        tabs = [await opened(cookie, ticket) for cookie in cookies for ticket in tickets]
        wanted = [f"Draf {number}" for number in range(len(tabs))]
        for tab, words in zip(tabs, wanted, strict=True):
            await tab.tell("Jawaban untuk peserta", "input", words)
        await until(lambda: same(drafts, wanted))
        await tabs[0].tell("Kirim ke peserta", "click", ANSWER)
        await until(lambda: same(drafts, ["", *wanted[1:]]))
        await crew.kill("console-1")
        await console()
        for cookie in cookies:
            await (await opened(cookie, tickets[1])).close()
        assert await drafts() == ["", *wanted[1:]]
        await api.user(PEOPLE[0]).hears(ANSWER)
        await until(lambda: settled(store))
        assert sum(ANSWER in given["text"] for given in api.called("sendMessage")) == 1
        for tab in tabs:
            await tab.close()
    await store.close()


async def answers(browser: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with browser.get(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def complains(store: Store, number: int) -> int:
    """Somebody on Telegram is known, and their complaint waits; return its number."""
    async with store.writing() as tx:
        for member in STAFF:
            await tx.staff.put(member)
        person = (await tx.people.speaker("telegram", str(number), language="id", name="Siti")).participant.id
        fresh = Ticket(id=0, participant=person, about="other", opened_at=tx.now, queued_at=tx.now, waits_since=tx.now)
        ticket = await tx.tickets.open(fresh)
        await tx.ticket_entries.say(Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text="Saldo saya nol"))
    return ticket.id


async def same(look: Callable[[], Awaitable[list[str]]], wanted: list[str]) -> bool:
    return await look() == wanted


async def settled(store: Store) -> bool:
    """Whether nothing is owed to anybody any more."""
    async with store.reading() as tx:
        return await tx.outbox.next_due() is None
