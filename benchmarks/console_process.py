"""The console as an operator starts it, with 5,000 open complaints, and tabs that browsers would open on it."""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import sys
import uuid
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import socketio
from sqlalchemy import update

import bot
from benchmarks.people import settle_people
from bot.console.access import SESSION_LASTS
from bot.store import Store
from bot.store.schema.people import addresses
from programme.model.staff import LINK_LASTS, Role, StaffMember
from programme.model.tickets import Author, Entry, Ticket, TicketState
from tests.processes.sobat_run import SOBAT, free_port

ROOM = "-1001"
_ELEMENTS = re.compile(r"parseElements\(String\.raw`(.*?)`\)", re.DOTALL)
_CLIENT = re.compile(r"client_id\W+([0-9a-f-]{36})")


def agents(count: int) -> list[StaffMember]:
    """Return so many agents, on duty or not."""
    return [
        StaffMember(channel="telegram", address=str(900_000 + number), role=Role.AGENT, name=f"Petugas {number}")
        for number in range(count)
    ]


async def fill(store: Store, staff: Sequence[StaffMember], tickets: int) -> None:
    """Put staff into a store, and open complaints of as many people: a third is held by somebody."""
    await settle_people(store, tickets)
    async with store.writing() as tx:
        heard = update(addresses).values(heard_at=tx.now)  # whoever was silent for two years would be let go
        await tx.connection.execute(heard)
        for member in staff:
            await tx.staff.put(member)
            await tx.agents.set(member.who, on_duty=True)
    for start in range(1, tickets + 1, 500):
        async with store.writing() as tx:
            for number in range(start, min(start + 500, tickets + 1)):
                held = number % 3 == 0
                ticket = await tx.tickets.open(
                    Ticket(
                        id=0,
                        participant=number,
                        about="buying",
                        complaint="Saldo saya nol padahal sudah lolos, dan besok batasnya. Mohon dibantu ya kak.",
                        opened_at=tx.now,
                        queued_at=tx.now,
                        waits_since=tx.now,
                        state=TicketState.HELD if held else TicketState.WAITING,
                        owner=staff[number % len(staff)].who if held else None,
                        cutoff=tx.now + SESSION_LASTS * (1 + number % 9),
                    )
                )
                await tx.ticket_entries.say(
                    Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text=ticket.complaint)
                )


async def signed_in(store: Store, member: StaffMember) -> str:
    """Sign somebody in; return the header in which their browser tells it."""
    async with store.writing() as tx:
        code = await tx.doors.link(member, member.who, LINK_LASTS)
        entered = await tx.doors.enter(code, SESSION_LASTS) if code else None
        assert entered is not None
    return f"sobat-konsol={entered[0]}"


@dataclass
class ConsoleRun:
    """`sobat run --only console` on a database that others may use beside it."""

    database: str
    place: Path
    settings: dict[str, str] = field(default_factory=dict)
    process: Process | None = None
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def __aenter__(self) -> ConsoleRun:
        self.port = free_port()
        usual = {
            "DATABASE_URL": self.database,
            "CONSOLE_PORT": str(self.port),
            "TELEGRAM_TOKEN": "7000000001:AAHxFakeTokenOfTheFakeBotApiServer_12345",
            "TELEGRAM_STAFF_GROUP": ROOM,
        }
        with (self.place / "console.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, *SOBAT, "run", "--only", "console"),
                cwd=Path(bot.__file__).parents[1],
                env=os.environ | usual | self.settings,
                stdout=log,
                stderr=log,
            )
        await self._answers()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.process is not None
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def _answers(self) -> None:
        async with aiohttp.ClientSession() as session, asyncio.timeout(240):
            while True:
                try:
                    async with session.get(f"{self.address}/healthz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)


Elements = dict[str, dict[str, Any]]
"""What a page consists of, by number, as the console tells a browser."""


@dataclass
class Tab:
    """One tab: what a browser asks for, hears and tells, without drawing it."""

    address: str
    cookie: str
    elements: Elements = field(default_factory=dict)
    socket: socketio.AsyncClient | None = None
    client: str = ""
    heard: int = 0
    """How many elements were told anew since the page was there."""

    async def load(self, session: aiohttp.ClientSession, path: str) -> None:
        """Ask for a page and go no further, as a preview does or a browser that is closed at once."""
        async with session.get(self.address + path, headers={"Cookie": self.cookie}) as answer:
            assert answer.status == 200, answer.status
            page = await answer.text()
        found, elements = _CLIENT.search(page), _ELEMENTS.search(page)
        assert found is not None
        assert elements is not None
        self.client, self.elements = found[1], json.loads(html.unescape(elements[1]))

    async def connect(self) -> None:
        """Connect as the page's script does; the page is live from then on."""
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("update", self._updated)
        query = f"client_id={self.client}&next_message_id=0&implicit_handshake=true"
        await self.socket.connect(
            f"{self.address}?{query}&document_id={uuid.uuid4()}&tab_id={uuid.uuid4()}",
            headers={"Cookie": self.cookie},
            transports=["websocket"],
            socketio_path="/_nicegui_ws/socket.io",
            wait_timeout=30,
        )

    async def tell(self, name: str, event: str, value: object) -> None:
        """Tell that something was typed or pressed, as the handler in the browser does: by what it is called."""
        assert self.socket is not None
        if not self.socket.connected:  # as a browser does by itself
            await self.connect()
        number, listener = _listener(self.elements, name, event)
        told = {"id": int(number), "client_id": self.client, "listener_id": listener, "args": [json.dumps(value)]}
        await self.socket.emit("event", told)

    def hears(self, name: str, event: str = "click") -> bool:
        """Tell whether there is anything of this name, class or words that can be pressed."""
        return _bearer(self.elements, name, event) is not None

    def shows(self, begins: str) -> bool:
        """Tell whether any words on the page begin so."""
        return any(one.get("text", "").startswith(begins) for one in self.elements.values())

    def _updated(self, told: Elements) -> None:
        for number, one in told.items():
            if number == "_id":
                continue
            if one is None:
                self.elements.pop(number, None)
            else:
                self.elements[number] = one
                self.heard += 1

    async def close(self) -> None:
        """Close the tab."""
        if self.socket is not None:
            await self.socket.disconnect()


@asynccontextmanager
async def browsing() -> AsyncIterator[aiohttp.ClientSession]:
    """A session that keeps no cookies: each tab brings its own."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


def _listener(elements: Elements, name: str, event: str) -> tuple[str, str]:
    """Find whom a page tells of an event: who bears this name or class, or holds these words, and its listener."""
    found = _bearer(elements, name, event)
    if found is None:
        raise AssertionError(f"nothing on the page hears {event} of {name}")
    return found


def _bearer(elements: Elements, name: str, event: str) -> tuple[str, str] | None:
    holders = {child: number for number, one in elements.items() for child in one.get("children", ())}
    for number, one in elements.items():
        props = one.get("props", {})
        holds = one.get("text") == name or f'"{name}"' in props.get("drawn", "")
        own = props.get("aria-label") == name or name in one.get("class", ())
        for listener in elements.get(at := number if own else holders.get(int(number), "") if holds else "", {}).get(
            "events", ()
        ):
            if listener["type"] == event:
                return at, listener["listener_id"]
    return None
