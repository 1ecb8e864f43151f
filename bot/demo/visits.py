"""Which chat a browser belongs to: a random address in a cookie that only the server reads."""

from __future__ import annotations

import re
from secrets import token_urlsafe

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

COOKIE = "sobat"
HEADER = "x-sobat-chat"
"""In which a browser that keeps no cookies tells whose page it is."""

_YEAR = 365 * 24 * 60 * 60
_ADDRESS = re.compile(r"[\w-]{22}")
_TRIED = "tanpa"


def address_of(request: Request) -> str | None:
    """Return the address in the browser's cookie, if there is one.

    A browser that refused the cookie gets an address for as long as the page stays open.
    """
    known = request.cookies.get(COOKIE, "")
    if _ADDRESS.fullmatch(known):
        return known
    return token_urlsafe(16) if _TRIED in request.query_params else None


def chat_of(request: Request) -> str | None:
    """Return the address for which a page of ours sends something: by cookie, or as the page was told it.

    Another site can neither send a page's header nor have the cookie sent along.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return None
    known = request.cookies.get(COOKIE, "")
    told = request.headers.get(HEADER, "")
    return next((each for each in (known, told) if _ADDRESS.fullmatch(each)), None)


def welcome(request: Request) -> Response:
    """Send a browser to the page with an address of its own."""
    return _with_address(RedirectResponse(f"/?{_TRIED}", status_code=303), request)


def start_over(request: Request) -> Response:
    """Give the browser a new address."""
    return _with_address(Response(status_code=204), request)


def _with_address(response: Response, request: Request) -> Response:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token_urlsafe(16), max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return response
