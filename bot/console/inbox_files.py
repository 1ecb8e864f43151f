"""Files of the inbox: what people sent, a transcript, the list. Each needs its right, and stands in the trail."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from bot.channels.channel import SendFailure
from bot.console.access import Access, Acting, Right
from bot.console.inbox_address import wanted_by
from bot.console.inbox_texts import listed_as_csv, transcript
from bot.console.running import ConsoleParts
from bot.console.serving import only_so_many, saved_as, served
from bot.store.repositories.inbox_list import Place, Wanted
from bot.store.repositories.uploads import UPLOADED
from locales import _
from programme.model.messages import Attachment
from programme.model.spreadsheet_cells import lines_of, unturned
from programme.model.tickets import Ticket

MOST_TICKETS: Final = 5_000
"""Rows of one list."""

MOST_ENTRIES: Final = 2_000
"""Entries of one transcript."""

_AT_ONCE: Final = 500
_PICTURES: Final = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
_CLOSED_BOX: Final = {
    "Cache-Control": "no-store",  # it may show a card
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def serve_inbox_files(server: FastAPI, access: Access, parts: ConsoleParts) -> None:
    """Serve them; a person's file only to who may see complaints, and never from a public address."""

    @server.get("/konsol/berkas/{entry}")
    async def file(request: Request, entry: int) -> Response:
        async def answer(acting: Acting) -> Response:
            found = await acting.tx.ticket_entries.get(entry)
            if found is None or found.attachment is None:
                return _gone()
            data = await _content(acting, parts, found.attachment)
            if data is None:
                return _gone()
            await acting.tx.staff.record(acting.member.who, "ticket.file", f"ticket/{found.ticket}", entry=entry)
            return _file(data, found.attachment)

        return await served(request, access, Right.SEE_FILES, "/konsol/berkas/{entry}", answer)

    @server.get("/konsol/aduan/{number}.txt")
    async def told(request: Request, number: int) -> Response:
        async def answer(acting: Acting) -> Response:
            tx = acting.tx
            ticket = await tx.tickets.get(number)
            if ticket is None:
                return _gone()
            entries = await tx.inbox_list.entries(number, MOST_ENTRIES + 1)
            names = await tx.agents.names({ticket.owner, *(one.who for one in entries)})
            person = await tx.people.get(ticket.participant)
            await tx.staff.record(acting.member.who, "console.export", f"ticket/{number}", what="transcript")
            text = transcript(ticket, person, entries[-MOST_ENTRIES:], names, parts.programme)
            if len(entries) > MOST_ENTRIES:
                text = f"{only_so_many(MOST_ENTRIES)}\n\n{text}"
            return PlainTextResponse(text, headers=saved_as(f"aduan-{number}.txt"))

        return await served(request, access, Right.SAVE_TRANSCRIPT, "/konsol/aduan/{number}.txt", answer)

    @server.get("/konsol/aduan.csv")
    async def listed(request: Request) -> Response:
        async def answer(acting: Acting) -> Response:
            tx, wanted = acting.tx, wanted_by(request.query_params)
            found = await _all(acting, wanted)
            names = await tx.agents.names({one.owner for one in found if one.owner})
            people = await tx.people.shown({one.participant for one in found})
            asked = {"pile": wanted.pile.value, "about": wanted.about, "team": wanted.team, "label": wanted.label}
            await tx.staff.record(acting.member.who, "console.export", "tickets", rows=len(found), **asked)
            written = listed_as_csv(found[:MOST_TICKETS], people, names, parts.programme)
            if len(found) > MOST_TICKETS:
                written += lines_of([[only_so_many(MOST_TICKETS)]])
            return Response(written, media_type="text/csv; charset=utf-8", headers=saved_as("aduan.csv"))

        return await served(request, access, Right.SAVE_TICKETS, "/konsol/aduan.csv", answer)


async def _content(acting: Acting, parts: ConsoleParts, held: Attachment) -> bytes | None:
    """Return what a file holds; None where nobody has it any more, or its messenger is away."""
    if held.channel == UPLOADED:
        kept = await acting.tx.uploads.get(held.reference)
        return None if kept is None else kept[1]
    fetch = parts.fetchers.get(held.channel)
    try:
        return None if fetch is None else await fetch(held)
    except SendFailure:
        return None


def _file(data: bytes, held: Attachment) -> Response:
    """Only what is a picture by its own first bytes is shown; everything else is saved, and runs nowhere."""
    kind = next((mime for begins, mime in _PICTURES.items() if data.startswith(begins)), None)
    if kind is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "image/webp"
    if kind is not None:
        return Response(data, media_type=kind, headers=_CLOSED_BOX)
    name = quote(unturned(held.name or "berkas"))
    saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", **_CLOSED_BOX}
    return Response(data, media_type="application/octet-stream", headers=saved)


def _gone() -> Response:
    told = _("Berkas atau aduan ini tidak ada lagi, atau belum bisa diambil. Coba lagi nanti.")
    return PlainTextResponse(told, status_code=404, headers={"Cache-Control": "no-store"})


async def _all(acting: Acting, wanted: Wanted) -> list[Ticket]:
    found: list[Ticket] = []
    place: Place | None = None
    for _page in range(2 + 2 * MOST_TICKETS // _AT_ONCE):  # of words that are said everywhere, some pages hold nothing
        page, place = await acting.tx.inbox_list.page(wanted, _AT_ONCE, place)
        found += page
        if place is None or len(found) > MOST_TICKETS:
            break
    return found
