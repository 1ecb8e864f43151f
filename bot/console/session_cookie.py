"""The cookie that holds a session's token, and whether a request comes from a page of ours."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from bot.console.access import SESSION_LASTS

COOKIE: Final = "sobat-konsol"
LANGUAGE: Final = "sobat-konsol-bahasa"
_PATH: Final = "/konsol"


def token_of(request: Request) -> str:
    """Return the token that the browser holds; empty where there is none."""
    return request.cookies.get(COOKIE, "")


def keep(response: Response, token: str, request: Request) -> Response:
    """Let the browser hold a token that scripts and other sites never see."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path=_PATH,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


def drop(response: Response) -> Response:
    """Take the token from the browser."""
    response.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
    return response


def is_ours(request: Request) -> bool:
    """Tell whether a form was sent by a page of ours: browsers say so in headers that no page can set."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
