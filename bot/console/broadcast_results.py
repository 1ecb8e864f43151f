"""Results of a broadcast as a file: what became of each message, safe in a spreadsheet, and noted itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from bot.console.access import Access, Acting, Right
from bot.console.serving import saved_as, served
from bot.store import Store
from programme.model.spreadsheet_cells import MARK, lines_of
from programme.model.zones import Zone

AT: Final = "/konsol/siaran/hasil.csv"
_HEAD: Final = ("participant", "channel", "state", "at", "reason")


def serve_results(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches it stands in the trail. People are told apart by number, not by name or phone."""

    @server.get(AT)
    async def save(request: Request) -> Response:
        asked = request.query_params.get("nomor", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 16 else 0

        async def answer(acting: Acting) -> Response:
            if await acting.tx.broadcasts.get(number) is None:
                return Response(status_code=404)
            await acting.tx.staff.record(acting.member.who, "console.export", f"broadcast/{number}")
            saved = saved_as(f"siaran-{number}.csv")
            return StreamingResponse(_lines(access.store, number), media_type="text/csv; charset=utf-8", headers=saved)

        return await served(request, access, Right.SAVE_RESULTS, AT, answer)


async def _lines(store: Store, number: int) -> AsyncIterator[str]:
    """Write line by line: there may be a million of them."""
    yield MARK + lines_of([_HEAD])
    async with store.reading() as tx:
        async for one in tx.broadcasts.results(number):
            at = one.at.astimezone(Zone.WIB.tz).isoformat(timespec="seconds") if one.at else ""
            yield lines_of([(one.participant, one.channel or "", one.state.value, at, one.reason or "")])
