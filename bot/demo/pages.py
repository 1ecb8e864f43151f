"""Puts the page on a web application: the phone, the clock beside it, and what went out when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.staticfiles import StaticFiles
from nicegui import app as pages_app
from nicegui import ui

from bot.channels.web.channel import FILES, WebChannel
from bot.demo.bubbles import PICTURES
from bot.demo.clock import DemoClock
from bot.demo.journal import Journal
from bot.demo.open_page import OpenPage
from bot.demo.page_limits import Doorkeeper
from bot.demo.phone_mode import PhoneMode, mode_of
from bot.demo.running import RunningApp
from bot.demo.sending import hear
from bot.demo.visitor import Visitor, page_trouble
from bot.demo.visitor_limit import VisitorLimiters
from bot.demo.visits import address_of, chat_of, start_over, welcome
from bot.inbound.processor import Forgetter
from bot.look.files import address_of as file_address
from bot.look.files import chat_styles, serve_look, tokens
from bot.look.icons import LOGO

STATIC: Final = Path(__file__).with_name("static")
TICK: Final = 0.25
"""Real seconds between two moves of the demonstration's clock."""

_UNSNIFFED: Final = {"X-Content-Type-Options": "nosniff"}
_SCRIPTS: Final = ("outbox.js", "sobat.js", "sheets.js")
_STYLES: Final = ("page.css", "phone.css", "panels.css")


def mount(app: RunningApp, channel: WebChannel, demo_clock: DemoClock | None, server: FastAPI) -> None:
    """Serve the page at `/` and `GET /healthz`. Without a demo clock nobody can move the time.

    Call it once in a process and before the application starts.
    """
    journal, paces, outage = Journal(app), VisitorLimiters(), page_trouble()
    app.sender.listeners.append(journal.heard)
    app.inbox_processor.forgetters += forgets(journal, paces)
    channel.store = app.store
    _serve_files(server, channel)

    def visitor(address: str) -> Visitor:
        return Visitor(app, channel, demo_clock, address, paces.of(address), outage)

    @server.get("/healthz", response_class=PlainTextResponse)
    async def healthy() -> str:
        return "ok"

    @server.post("/sobat/baru")
    async def again(request: Request) -> Response:
        return start_over(request)

    @ui.page("/", title="Sobat Prakerja", favicon=LOGO, dark=None)
    async def page(request: Request) -> Response | None:
        address = address_of(request)
        if address is None:
            return welcome(request)
        ui.add_head_html(_head())
        if chat_of(request) is None:  # a browser without cookies is told whose page this is
            ui.add_head_html(f'<script>document.documentElement.dataset.chat = "{address}"</script>')
        mode = mode_of(request) if demo_clock is not None else PhoneMode.TELEGRAM
        await OpenPage(visitor(address), journal, mode).draw()
        return None

    hear(server, channel, visitor)
    if demo_clock is not None:
        _keep_ticking(app, demo_clock)
    server.add_middleware(Doorkeeper)
    ui.run_with(server, title="Sobat Prakerja", language="id", tailwind=False, show_welcome_message=False)


def forgets(journal: Journal, paces: VisitorLimiters) -> list[Forgetter]:
    """Return what drops all that a page keeps in memory of somebody, beside the chat itself."""
    return [_of_web(journal.forget), _of_web(paces.forget)]


def _of_web(forget: Callable[[str], None]) -> Forgetter:
    return lambda channel, address: forget(address) if channel == "web" else None


def _serve_files(server: FastAPI, channel: WebChannel) -> None:
    @server.get(PICTURES + "/{digest}.png")
    async def picture(digest: str) -> Response:
        found = channel.picture(digest)
        if found is None:
            return Response(status_code=404)
        kept = {"Cache-Control": "private, max-age=31536000, immutable"}
        return Response(found.data, media_type="image/png", headers=kept)

    @server.get(FILES + "/{digest}")
    async def file(digest: str) -> Response:
        found = channel.file(digest)
        if found is None:
            return Response(status_code=404)
        name, data = found
        saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", **_UNSNIFFED}
        saved["Cache-Control"] = "no-store"  # it may be all that is kept of a person
        return Response(data, media_type="application/octet-stream", headers=saved)

    serve_look(server)
    server.mount("/sobat/static", StaticFiles(directory=STATIC))


def _keep_ticking(app: RunningApp, demo_clock: DemoClock) -> None:
    last: float | None = None

    async def tick() -> None:
        nonlocal last
        now = asyncio.get_running_loop().time()
        passed, last = (0.0 if last is None else now - last), now
        await demo_clock.tick(passed)
        if app.helpdesk is not None:
            await app.helpdesk.rounds.incidents.spread_news()

    pages_app.timer(TICK, tick)


def _head() -> str:
    """Return the page's styles and script; their addresses change with their content."""
    styles = "".join(f'<link rel="stylesheet" href="{_address(name)}">' for name in _STYLES)
    sheets = f'<link rel="stylesheet" href="{_address("sheets.css")}">'
    scripts = "".join(f'<script src="{_address(name)}"></script>' for name in _SCRIPTS)
    return f"{tokens()}{scripts}{styles}{chat_styles()}{sheets}"


def _address(name: str) -> str:
    return file_address(STATIC, name, "/sobat/static")
