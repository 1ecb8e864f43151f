"""Serving: a file of the console goes to whoever may have it; others are sent to the door, or told who may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.console.access import Access, Acting, NotAllowed, NotSignedIn, Right
from bot.console.languages import page_language
from bot.console.session_cookie import is_ours, token_of
from bot.console.sign_in import DOOR
from bot.console.sign_in_page import not_for_you_page
from bot.console.words import number
from locales import _, plainly, speaking

Answer = Callable[[Acting], Awaitable[Response]]


async def served(
    request: Request, access: Access, right: Right, what: str, answer: Answer, *, by_form: bool = False
) -> Response:
    """Answer whoever is signed in and may have it, in their language and in one transaction.

    What is asked for `by_form` is given to a page of ours alone.
    """
    token = token_of(request)
    if by_form and not is_ours(request):
        await access.forged(token, what)
        return Response(status_code=403)
    with speaking(page_language(request)):
        try:
            session = await access.admit(token, right, what)
            async with access.acting(session.id, right, what) as acting:
                return await answer(acting)
        except NotSignedIn:
            return RedirectResponse(DOOR, status_code=303)
        except NotAllowed as refused:
            return HTMLResponse(not_for_you_page(refused.needed), status_code=403)


def only_so_many(most: int) -> str:
    """Say within a file that there was more: what is cut short and doesn't say so is counted wrong."""
    return plainly(_("Hanya {count} yang terbaru atau paling atas: persempit, lalu unduh lagi."), count=number(most))


def saved_as(name: str) -> dict[str, str]:
    """Return the headers of a file that is saved under this name, and kept nowhere on the way."""
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
