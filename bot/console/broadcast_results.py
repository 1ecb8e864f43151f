"""Results of a broadcast as a file: what became of each message, safe in a spreadsheet, and noted itself."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from bot.console.access import Access, NotAllowed, NotSignedIn, Right
from bot.console.session_cookie import token_of
from bot.console.sign_in import DOOR
from bot.console.sign_in_page import not_for_you_page
from bot.store import Store
from programme.model.spreadsheet_cells import inert
from programme.model.zones import Zone

AT: Final = "/konsol/siaran/hasil.csv"
_HEAD: Final = ("participant", "channel", "state", "at", "reason")


def serve_results(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches it stands in the trail. People are told apart by number, not by name or phone."""

    @server.get(AT)
    async def save(request: Request) -> Response:
        asked = request.query_params.get("nomor", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
        try:
            session = await access.admit(token_of(request), Right.SAVE_RESULTS, AT)
            async with access.acting(session.id, Right.SAVE_RESULTS, AT) as acting:
                if await acting.tx.broadcasts.get(number) is None:
                    return Response(status_code=404)
                await acting.tx.staff.record(acting.member.who, "console.export", f"broadcast/{number}")
        except NotSignedIn:
            return RedirectResponse(DOOR, status_code=303)
        except NotAllowed as refused:
            return Response(not_for_you_page(refused.needed), status_code=403, media_type="text/html")
        saved = {
            "Content-Disposition": f'attachment; filename="siaran-{number}.csv"',
            "Cache-Control": "no-store",
        }
        return StreamingResponse(_lines(access.store, number), media_type="text/csv; charset=utf-8", headers=saved)


async def _lines(store: Store, number: int) -> AsyncIterator[str]:
    """Write line by line: there may be a million of them."""
    yield "\ufeff" + _line(_HEAD)
    async with store.reading() as tx:
        async for one in tx.broadcasts.results(number):
            at = one.at.astimezone(Zone.WIB.tz).isoformat(timespec="seconds") if one.at else ""
            yield _line((str(one.participant), one.channel or "", one.state.value, at, one.reason or ""))


def _line(cells: tuple[str, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([inert(cell) for cell in cells])
    return written.getvalue()
