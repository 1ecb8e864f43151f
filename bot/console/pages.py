"""Puts the console on a web application: its door, its pages, and the one listener and counter of the process."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from typing import Final, Literal

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from nicegui import app as pages_app
from nicegui import background_tasks, ui
from nicegui.translations import translations

from bot.console.access import Access, NotAllowed, Refused, Right
from bot.console.broadcast_page import draw_broadcast
from bot.console.broadcast_results import serve_results
from bot.console.broadcasts_page import AT as BROADCASTS
from bot.console.broadcasts_page import COMPOSE, LOOK, draw_broadcasts
from bot.console.browser_words import browser_words, connection_words
from bot.console.compose_page import draw_compose
from bot.console.counting import EVERY, Counting
from bot.console.files import head, serve_files
from bot.console.finding import serve_finding
from bot.console.frame import frame
from bot.console.import_page import draw_imports
from bot.console.inbox_files import serve_inbox_files
from bot.console.inbox_page import draw_inbox
from bot.console.languages import page_language
from bot.console.learning_file import serve_lines
from bot.console.learning_page import draw_learning
from bot.console.live import Live
from bot.console.open_page import Console, OpenPage
from bot.console.people_page import draw_people
from bot.console.person_file import serve_person_file
from bot.console.programme_page import draw_programme
from bot.console.running import ConsoleParts
from bot.console.session_cookie import token_of
from bot.console.sign_in import DOOR, FRONT, serve_demonstration, serve_sign_in
from bot.console.sign_in_page import not_for_you_page
from bot.console.staff_page import draw_staff
from bot.console.stuck_page import draw_stuck
from bot.console.summary_page import draw_summary
from bot.console.trail import serve_trail
from bot.console.trail_page import draw_trail
from bot.console.uploads import IMPORTS, serve_uploads
from bot.look.icons import LOGO
from locales import current_language, speaking
from programme.model.staff import StaffMember

Draw = Callable[[OpenPage, Request], Awaitable[None]]

_DEMONSTRATION_EVERY: Final = 5.0
"""Seconds between two counts where the clock may be moved by days at once."""


_SPOKEN: Final[Mapping[str, Literal["id", "en-US"]]] = {"id": "id", "en": "en-US"}
"""Languages as the parts of pages that are not ours name them."""


class PublicBeside(Exception):
    """A page that is public would be served by the same process and port; the message says what to do."""


PAGES: Final[tuple[tuple[str, Right, Draw], ...]] = (
    (FRONT, Right.SEE_WAVE, draw_summary),
    (f"{FRONT}/aduan", Right.SEE_TICKETS, draw_inbox),
    (BROADCASTS, Right.SEE_BROADCASTS, draw_broadcasts),
    (LOOK, Right.SEE_BROADCASTS, draw_broadcast),
    (COMPOSE, Right.BROADCAST, draw_compose),
    (f"{FRONT}/program", Right.SEE_PROGRAMME, draw_programme),
    (IMPORTS, Right.IMPORT, draw_imports),
    (f"{FRONT}/peserta", Right.SEE_PEOPLE, draw_people),
    (f"{FRONT}/macet", Right.SEE_STUCK, draw_stuck),
    (f"{FRONT}/pemahaman", Right.SEE_MISSES, draw_learning),
    (f"{FRONT}/staf", Right.SEE_STAFF, draw_staff),
    (f"{FRONT}/jejak", Right.SEE_TRAIL, draw_trail),
)
"""Every page: where it is, what it takes to see it, and what draws it."""


def mount_console(parts: ConsoleParts, server: FastAPI, *, demonstration: tuple[StaffMember, ...] = ()) -> Console:
    """Serve the console at `/konsol`; with a `demonstration`, its made-up staff may be chosen.

    Call it once in a process and before the application starts; in the demonstration, before the phone's page.
    Raises PublicBeside where pages of the real service are there already.
    """
    if not demonstration and (public := [p for r in server.routes if (p := getattr(r, "path", "")) in _PUBLIC]):
        raise PublicBeside(
            f"{public[0]} is public: run the console by itself (sobat run --only console), at a port of its own"
        )
    every = _DEMONSTRATION_EVERY if demonstration else EVERY
    console = Console(parts, Access(parts.store), Live(parts.store), Counting(parts.store, every, parts.write_counts))
    serve_files(server)
    if demonstration:
        serve_demonstration(server, console.access, demonstration)
    serve_sign_in(server, console.access)
    serve_trail(server, console.access)
    serve_results(server, console.access)
    serve_inbox_files(server, console.access, parts)
    serve_finding(server, console.access, parts)
    serve_uploads(server, console.access, parts.imports)
    serve_person_file(server, console.access)
    serve_lines(server, console.access)
    for code, name in _SPOKEN.items():
        with speaking(code):
            translations[name] = connection_words()
    for path, right, draw in PAGES:
        _serve(console, path, right, draw, DOOR if not demonstration else f"{FRONT}/demo")
    pages_app.on_startup(lambda: _begin(console))
    if not demonstration:
        _serve_alone(server)
    return console


_PUBLIC: Final = frozenset({"/", "/telegram", "/whatsapp"})


def _begin(console: Console) -> None:
    background_tasks.create(console.live.run(), name="console: live")
    background_tasks.create(console.live.presence.run(), name="console: presence")
    background_tasks.create(console.parts.keep_up(), name="console: programme")
    background_tasks.create(console.counting.keep_up(console.live.tell), name="console: counting")
    background_tasks.create(console.parts.imports.keep_up(), name="console: imports")
    background_tasks.create(console.tabs.keep_few(), name="console: tabs that wait")


def _serve_alone(server: FastAPI) -> None:
    @server.get("/")
    async def front() -> Response:
        return RedirectResponse(FRONT)

    @server.get("/healthz", response_class=PlainTextResponse)
    async def healthy() -> str:
        return "ok"

    ui.run_with(server, title="Sobat", language="id", tailwind=False, show_welcome_message=False)


def _serve(console: Console, path: str, right: Right, draw: Draw, door: str) -> None:
    @ui.page(path, title="Konsol Sobat", favicon=LOGO, dark=None, response_timeout=20)
    async def page(request: Request) -> Response | None:
        client = ui.context.client
        with speaking(page_language(request)):
            try:
                session = await console.access.admit(token_of(request), right, path)
            except Refused as refused:
                client.delete()  # nothing will be drawn, so nobody connects to it
                return _turned_away(refused, door)
            client.page = _in_language(client.page)
            ui.add_head_html(browser_words() + head())
            with frame(session, path):
                await draw(OpenPage(console, session, right, path), request)
            ui.on("pergi", lambda: console.tabs.goes(client), args=[])
        console.tabs.came(client)
        return None


def _in_language(drawn: ui.page) -> ui.page:
    """Return the page as it is in the language being spoken: so a screen reader reads it."""
    spoken = copy(drawn)
    spoken.language = _SPOKEN[current_language().code]
    return spoken


def _turned_away(refused: Refused, door: str) -> Response:
    if isinstance(refused, NotAllowed):
        return HTMLResponse(not_for_you_page(refused.needed), status_code=403)
    return RedirectResponse(door, status_code=303)
