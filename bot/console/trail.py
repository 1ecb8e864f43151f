"""Jejak as a file: what the staff did, safe to open in a spreadsheet, and noted itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import FastAPI, Request, Response

from bot.console.access import Access, Acting, Right
from bot.console.serving import only_so_many, saved_as, served
from bot.store.repositories.staff import AuditEntry
from programme.model.phones import without_phones
from programme.model.spreadsheet_cells import MARK, lines_of
from programme.model.zones import Zone

MOST: Final = 10_000
"""Rows of one file."""

_AT: Final = "/konsol/jejak.csv"


def serve_trail(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches it stands in the trail."""

    @server.get(_AT)
    async def save(request: Request) -> Response:
        who, act, subject = (request.query_params.get(name, "")[:100] for name in ("who", "act", "subject"))

        async def answer(acting: Acting) -> Response:
            await acting.tx.staff.record(acting.member.who, "console.export", "audit", of=who, acts=act, on=subject)
            found = await acting.tx.staff.trail(MOST + 1, who=who, act=act, subject=subject)
            written = as_csv([entry for _number, entry in found[:MOST]])
            if len(found) > MOST:
                written += lines_of([[only_so_many(MOST)]])
            return Response(written, media_type="text/csv; charset=utf-8", headers=saved_as("jejak.csv"))

        return await served(request, access, Right.SAVE_TRAIL, _AT, answer)


def as_csv(entries: Sequence[AuditEntry]) -> str:
    """Write acts as a file for spreadsheets, in which no cell is taken for a formula."""
    rows = [
        (
            f"{one.at.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M:%S}",
            *map(without_phones, (one.who, one.act, one.subject)),
            told(one),
        )
        for one in entries
    ]
    return MARK + lines_of([("waktu_wib", "siapa", "tindakan", "pada", "rincian"), *rows])


def told(entry: AuditEntry) -> str:
    """Write the details of an act; what was typed by hand may hold a mobile number."""
    details = ", ".join(f"{name} {value}" for name, value in entry.details.items() if value not in {"", None})
    return without_phones(details)
