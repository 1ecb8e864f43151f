"""Signing in and out: plain routes without a socket. A link is used up by pressing the button, never by a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.console.access import Access
from bot.console.languages import page_language
from bot.console.session_cookie import LANGUAGE, drop, is_ours, keep, token_of
from bot.console.sign_in_page import ask_page, demonstration_page, press_page, refused_page
from locales import languages, speaking
from programme.model.staff import StaffMember

FRONT: Final = "/konsol"
DOOR: Final = "/konsol/masuk"
_YEAR: Final = 365 * 24 * 60 * 60


def serve_sign_in(server: FastAPI, access: Access) -> None:
    """Serve the door: how to get a link, the button that uses it up, and the way out."""

    @server.get(DOOR)
    async def ask(request: Request) -> Response:
        with speaking(page_language(request)):
            return HTMLResponse(ask_page())

    @server.get(DOOR + "/{code}")
    async def press(request: Request, code: str) -> Response:
        with speaking(page_language(request)):
            return HTMLResponse(press_page(f"{DOOR}/{quote(code, safe='')}"))

    @server.post(DOOR + "/{code}")
    async def enter(request: Request, code: str) -> Response:
        if not is_ours(request):
            await access.forged("", "masuk", code=code)
        token = await access.enter(code) if is_ours(request) else None
        if token is None:
            with speaking(page_language(request)):
                return HTMLResponse(refused_page(), status_code=403)
        return keep(RedirectResponse(FRONT, status_code=303), token, request)

    @server.post(FRONT + "/keluar")
    async def leave(request: Request) -> Response:
        token = token_of(request)
        if not is_ours(request):
            await access.forged(token, "keluar")
            return Response(status_code=403)
        await access.leave(token)
        return drop(RedirectResponse(DOOR, status_code=303))

    @server.get(FRONT + "/bahasa/{code}")
    async def choose(request: Request, code: str) -> Response:
        answer = RedirectResponse(request.headers.get("referer") or FRONT, status_code=303)
        if code in languages():
            answer.set_cookie(LANGUAGE, code, max_age=_YEAR, path=FRONT, samesite="lax")
        return answer


def serve_demonstration(server: FastAPI, access: Access, people: Sequence[StaffMember]) -> None:
    """Let anybody in as one of the made-up `people`: the demonstration holds nobody's data."""
    known = {each.address: each for each in people}

    @server.get(FRONT + "/demo")
    async def choose(request: Request) -> Response:
        with speaking(page_language(request)):
            return HTMLResponse(demonstration_page({f"{FRONT}/demo/{who}": each for who, each in known.items()}))

    @server.post(FRONT + "/demo/{who}")
    async def enter(request: Request, who: str) -> Response:
        member = known.get(who) if is_ours(request) else None
        code = await access.link(member, member.who) if member else None
        token = await access.enter(code) if code else None
        if token is None:
            return Response(status_code=403)
        return keep(RedirectResponse(FRONT, status_code=303), token, request)
