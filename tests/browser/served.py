"""Serves the page as the demonstration does, on a port given on the command line; run by the browser tests."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from fastapi import Request

from bot.app.console import AT_THE_CONSOLE, console_parts
from bot.app.port import listen_at
from bot.app.settings import Settings
from bot.app.web_server import new_app, serve_at
from bot.app.wiring import build_app
from bot.channels.channel import Channel
from bot.channels.groups import Groups
from bot.channels.web.channel import WebChannel
from bot.console.pages import mount_console
from bot.demo.clock import START, DemoClock
from bot.demo.pages import mount
from bot.demo.timeline import Timeline
from bot.demo.town import STAFF, found_town
from bot.demo.town_phones import TownPhones
from bot.helpdesk.service import StaffRooms
from bot.store import Store
from programme.model.clock import SetClock
from programme.model.messages import Button, Kind, Link, Message, Open
from programme.model.staff import Role, StaffMember

WATI = StaffMember(channel="demo", address="wati", role=Role.AGENT, name="Wati")
"""Works here until a test lets her go."""

NOT_UNDERSTOOD = ("sertifikatku mana ya", "sertifikatku mana kak", "Siti nanya kucing")


class NobodyLooks(Groups):
    """The staff's group is somewhere else."""


async def serve(port: int, *, demo: bool, alone: bool, database: str | None, utterances: Path | None) -> None:
    """Serve until the process is ended.

    `POST /test/say` puts a message of any shape into a chat; `POST /test/start` sets the clock back.
    """
    clock, listener = SetClock(START), listen_at(Settings(port=port))
    channel = WebChannel(clock)
    rooms = AT_THE_CONSOLE if demo else StaffRooms(rooms=("-1001",), groups=NobodyLooks(), username=lambda: "sobat")
    rooms = None if alone else rooms
    channels: dict[str, Channel] = {"web": channel, **({"demo": TownPhones(clock)} if demo else {})}
    async with build_app(database=database, clock=clock, channels=channels, key=bytes(32), staff_rooms=rooms) as app:
        server = new_app()

        @server.post("/test/say")
        async def say(request: Request) -> str:
            told = await request.json()
            keys = tuple((Button(label, Open("help")),) for label in told.get("keys", ()))
            links = tuple((Link(label, url),) for label, url in told.get("links", ()))
            message = Message(told["text"], (*keys, *links))
            kind = Kind(told.get("kind", "reply"))
            return await channel.send(told["address"], message, kind=kind, edits=told.get("edits"))

        demo_clock = DemoClock(Timeline(clock, app.jobs))

        @server.post("/test/start")
        async def start() -> None:
            await demo_clock.restart()

        if demo:
            await move_in(app.store)
            parts = replace(console_parts(app), utterances=utterances)
            mount_console(parts, server, demonstration=(*STAFF, WATI))
        mount(app, channel, demo_clock if demo else None, server)
        await serve_at(listener, server)


async def move_in(store: Store) -> None:
    """Put the town into a store, unless it is there from the time before."""
    async with store.reading() as tx:
        if await tx.staff.everybody():
            return
    await found_town(store)
    async with store.writing() as tx:
        await tx.staff.put(WATI)
        person = (await tx.people.speaker("web", "siti", language="id", name="Siti")).participant
        for text in NOT_UNDERSTOOD:
            await tx.misses.add(text, "help", 0.2, by=person.id)


def main() -> None:
    """Serve as the command line says: the port, `live` for the page of the real bot, `alone` for one
    without officers, a database to keep all in, a folder of utterances to train from."""
    kept = next((word for word in sys.argv if word.startswith("sqlite:")), None)
    folder = next((Path(word) for word in sys.argv[2:] if word.startswith("/")), None)
    demo, alone = "live" not in sys.argv, "alone" in sys.argv
    asyncio.run(serve(int(sys.argv[1]), demo=demo, alone=alone, database=kept, utterances=folder))
