"""What is kept of one person as a file, on their request: asked for by a form of ours, and noted."""

from __future__ import annotations

from typing import Final

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.access import Access, NotAllowed, NotSignedIn, Right
from bot.console.session_cookie import is_ours, token_of
from bot.console.sign_in import DOOR
from bot.console.sign_in_page import not_for_you_page

_AT: Final = "/konsol/peserta/data.json"


def serve_person_file(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches whose stands in the trail."""

    @server.post("/konsol/peserta/{number}/data.json")
    async def save(request: Request, number: int) -> Response:
        token = token_of(request)
        if not is_ours(request):
            await access.forged(token, _AT)
            return Response(status_code=403)
        try:
            session = await access.admit(token, Right.EXPORT_PERSON, _AT)
            async with access.acting(session.id, Right.EXPORT_PERSON, _AT) as acting:
                kept = await acting.tx.people.export(number)
                if not kept:
                    return Response(status_code=404)
                await acting.tx.staff.record(acting.member.who, "person.export", f"participant/{number}")
        except NotSignedIn:
            return RedirectResponse(DOOR, status_code=303)
        except NotAllowed as refused:
            return Response(not_for_you_page(refused.needed), status_code=403, media_type="text/html")
        saved = {"Content-Disposition": f'attachment; filename="P{number}.json"', "Cache-Control": "no-store"}
        return Response(orjson.dumps(kept, option=orjson.OPT_INDENT_2), media_type="application/json", headers=saved)
