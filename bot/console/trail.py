"""Jejak as a file: what the staff did, safe to open in a spreadsheet, and noted itself."""

from __future__ import annotations

import csv
import io
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.access import Access, NotAllowed, NotSignedIn, Right
from bot.console.session_cookie import token_of
from bot.console.sign_in import DOOR
from bot.console.sign_in_page import not_for_you_page
from bot.store.repositories.staff import AuditEntry
from programme.model.spreadsheet_cells import inert
from programme.model.zones import Zone

MOST: Final = 10_000
"""Rows of one file."""


def serve_trail(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches it stands in the trail."""

    @server.get("/konsol/jejak.csv")
    async def save(request: Request) -> Response:
        who, act, subject = (request.query_params.get(name, "")[:100] for name in ("who", "act", "subject"))
        try:
            session = await access.admit(token_of(request), Right.SAVE_TRAIL, "/konsol/jejak.csv")
            async with access.acting(session.id, Right.SAVE_TRAIL, "/konsol/jejak.csv") as acting:
                await acting.tx.staff.record(acting.member.who, "console.export", "audit", of=who, acts=act, on=subject)
                found = await acting.tx.staff.trail(MOST, who=who, act=act, subject=subject)
        except NotSignedIn:
            return RedirectResponse(DOOR, status_code=303)
        except NotAllowed as refused:
            return Response(not_for_you_page(refused.needed), status_code=403, media_type="text/html")
        saved = {"Content-Disposition": 'attachment; filename="jejak.csv"', "Cache-Control": "no-store"}
        return Response(
            as_csv([entry for _number, entry in found]), media_type="text/csv; charset=utf-8", headers=saved
        )


def as_csv(entries: list[AuditEntry]) -> str:
    """Write acts as a file for spreadsheets, in which no cell is taken for a formula."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(("waktu_wib", "siapa", "tindakan", "pada", "rincian"))
    for one in entries:
        at = f"{one.at.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M:%S}"
        rows.writerow([at, *map(inert, (one.who, one.act, one.subject, told(one)))])
    return "\ufeff" + written.getvalue()


def told(entry: AuditEntry) -> str:
    """Write the details of an act."""
    return ", ".join(f"{name} {value}" for name, value in entry.details.items() if value not in {"", None})
