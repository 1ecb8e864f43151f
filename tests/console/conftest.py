"""The console over a real store, looked at by NiceGUI's own user: no browser, so seconds."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from nicegui import core, ui
from nicegui.testing.general import nicegui_reset_globals, prepare_simulation
from nicegui.testing.user import User

from bot.app.console import AT_THE_CONSOLE, console_parts
from bot.app.wiring import App, build_app
from bot.channels.web.channel import WebChannel
from bot.console.open_page import Console
from bot.console.pages import mount_console
from bot.outbound.worker import deliver_due
from programme.model.clock import SetClock
from programme.model.messages import Incoming
from programme.model.staff import Role, StaffMember
from programme.model.tickets import Author, Entry, Ticket
from tests.fakes.open_page import on_page

MONDAY = datetime.fromisoformat("2021-10-18T09:10:00+07:00")
OURS = {"sec-fetch-site": "same-origin"}
STAFF = (
    StaffMember(channel="demo", address="sari", role=Role.SUPERVISOR, name="Sari"),
    StaffMember(channel="demo", address="budi", role=Role.AGENT, name="Budi"),
    StaffMember(channel="demo", address="wati", role=Role.AGENT, name="Wati"),
    StaffMember(channel="demo", address="tari", role=Role.ADMIN, name="Tari"),
)


class Browser(User):
    """A simulated browser that is patient where the machine is busy."""

    async def should_see(self, *what: Any, retries: int = 60, **named: Any) -> None:
        await super().should_see(*what, retries=retries, **named)

    async def should_not_see(self, *what: Any, retries: int = 60, **named: Any) -> None:
        await super().should_not_see(*what, retries=retries, **named)


@dataclass
class Staffed:
    """The app, its console, and browsers of the staff."""

    app: App
    clock: SetClock
    web: WebChannel
    console: Console
    browser: Callable[[], User]

    async def signed_in(self, who: str) -> User:
        """A browser in which this member is signed in."""
        user = self.browser()
        answer = await user.http_client.post(f"/konsol/demo/{who}", headers=OURS)
        assert answer.status_code == 303, answer.text
        return user

    async def says(self, who: str, *lines: str) -> None:
        """A participant on the page says something."""
        for line in lines:
            self.web_count = getattr(self, "web_count", 0) + 1
            incoming = Incoming(
                channel="web", address=who, id=f"{who}-{self.web_count}", at=self.clock.now(), text=line
            )
            row = await self.app.inbox_processor.take(incoming)
            assert row is not None
            await self.app.inbox_processor.answer(row)

    async def complains(self, who: str, words: str, *, about: str = "buying", hours: float | None = 86) -> Ticket:
        """A participant is known, and their complaint waits for people; their cutoff is so many hours ahead."""
        await self.says(who, "/start")
        async with self.app.store.writing() as tx:
            person = await tx.people.who("web", who)
            assert person is not None
            now = tx.now
            ticket = await tx.tickets.open(
                Ticket(
                    id=0,
                    participant=person,
                    about=about,
                    complaint=words,
                    opened_at=now,
                    queued_at=now,
                    waits_since=now,
                    cutoff=None if hours is None else now + timedelta(hours=hours),
                )
            )
            await tx.ticket_entries.say(Entry(ticket=ticket.id, at=now, author=Author.PERSON, text=words))
        return ticket

    async def ticket(self, number: int) -> Ticket:
        """A ticket as it is now."""
        async with self.app.store.reading() as tx:
            found = await tx.tickets.get(number)
        assert found is not None
        return found

    async def draft(self, number: int, who: str) -> str:
        """What somebody wrote on a ticket and did not send."""
        async with self.app.store.reading() as tx:
            return await tx.drafts.of(number, f"demo:{who}")

    def heard(self, who: str) -> str:
        """Everything that Sobat and the staff said to somebody."""
        return "\n".join(post.message.text for post in on_page(self.web, who))

    async def trail(self, act: str = "") -> list[tuple[str, str, str]]:
        async with self.app.store.reading() as tx:
            return [(one.who, one.act, one.subject) for _n, one in await tx.staff.trail(200, act=act)]

    async def later(self, **time: float) -> None:
        self.clock.set(self.clock.now() + timedelta(**time))

    async def goes_out(self) -> int:
        """What was held back, so that it could be undone, goes out by a worker."""
        await self.later(seconds=10)
        return await deliver_due(self.app.sender)


@contextmanager
def _modules_kept() -> Iterator[None]:
    """Put back the modules of ours that NiceGUI drops with the pages they define: other tests know them, too."""
    kept = dict(sys.modules)
    try:
        yield
    finally:
        sys.modules.update({name: module for name, module in kept.items() if name not in sys.modules})


@asynccontextmanager
async def open_console(database: str | None) -> AsyncIterator[Staffed]:
    clock = SetClock(MONDAY)
    web = WebChannel(clock)
    app_of = build_app(database=database, clock=clock, channels={"web": web}, key=b"key", staff_rooms=AT_THE_CONSOLE)
    async with app_of as app:
        async with app.store.writing() as tx:
            for member in STAFF:
                await tx.staff.put(member)
                await tx.agents.set(member.who, on_duty=True)
        await app.following.follow()  # what a process plans anew soon after it began is planned before anybody looks
        web.store = app.store
        os.environ["NICEGUI_USER_SIMULATION"] = "true"
        browsers: list[httpx.AsyncClient] = []
        gc.freeze()  # NiceGUI collects garbage twice a test: let it look at this test's objects only
        try:
            with _modules_kept(), nicegui_reset_globals():
                prepare_simulation()
                ui.run(storage_secret="of a test")
                console = mount_console(console_parts(app), core.app, demonstration=STAFF)

                def browser() -> User:
                    client = httpx.AsyncClient(transport=httpx.ASGITransport(core.app), base_url="http://test")
                    browsers.append(client)
                    return Browser(client)

                async with core.app.router.lifespan_context(core.app):
                    yield Staffed(app, clock, web, console, browser)
                for each in browsers:
                    await each.aclose()
        finally:
            os.environ.pop("NICEGUI_USER_SIMULATION")


@pytest.fixture
async def staffed(sqlite_url: str) -> AsyncIterator[Staffed]:
    async with open_console(sqlite_url) as opened:
        yield opened
