"""Impor's plain routes: a list comes in pieces, each small enough for any request; bad rows and a template go out."""

from __future__ import annotations

import asyncio
import csv
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from bot.console.access import Access, Acting, Refused, Right
from bot.console.import_sentences import in_words
from bot.console.languages import page_language
from bot.console.serving import saved_as, served
from bot.console.session_cookie import is_ours, token_of
from bot.importing.orders import ImportOrders, NotAuthor, WrongFile, known
from bot.importing.queue import ImportQueue
from bot.importing.rolls import LISTS
from bot.store.repositories.console_doors import ConsoleSession
from bot.store.unavailable import is_full
from locales import _, current_language, speaking
from programme.model.imports import ChangedSince
from programme.model.spreadsheet_cells import MARK, lines_of

IMPORTS: Final = "/konsol/impor"
PIECE: Final = 8 << 20
"""Bytes that one request brings at most."""

_REFUSED: Final = IMPORTS + "/{number}/ditolak.csv"
_TEMPLATE: Final = IMPORTS + "/contoh/{what}.csv"
_ROWS: Final = 500

log = logging.getLogger(__name__)

Answer = Callable[[ConsoleSession], Awaitable[Response]]


def serve_uploads(server: FastAPI, access: Access, queue: ImportQueue) -> None:
    """Serve them; who may bring lists is asked at each, and a page of another site brings none."""
    door = _Door(access, queue)

    @server.post(IMPORTS + "/berkas")
    async def begin(request: Request, daftar: str = "", nama: str = "", ukuran: int = 0) -> Response:
        return await door.taking(request, lambda session: door.begin(session, daftar, nama, ukuran))

    @server.put(IMPORTS + "/berkas/{number}")
    async def add(request: Request, number: int, dari: int = 0) -> Response:
        return await door.taking(request, lambda session: door.add(session, number, dari, request))

    @server.get(_REFUSED)
    async def refused(request: Request, number: int) -> Response:
        return await served(request, access, Right.IMPORT, _REFUSED, lambda acting: door.refused(acting, number))

    @server.get(_TEMPLATE)
    async def template(request: Request, what: str) -> Response:
        return await served(request, access, Right.IMPORT, _TEMPLATE, lambda _acting: _template(what))


@dataclass(frozen=True, slots=True)
class _Door:
    """Where files come in and go out."""

    access: Access
    queue: ImportQueue
    orders: ImportOrders = field(default_factory=ImportOrders)

    async def taking(self, request: Request, answer: Answer) -> Response:
        """Let somebody bring something, from a page of ours; what is refused is said in words."""
        if not is_ours(request):
            await self.access.forged(token_of(request), IMPORTS)
            return Response(status_code=403)
        with speaking(page_language(request)):
            try:
                return await answer(await self.access.admit(token_of(request), Right.IMPORT, IMPORTS))
            except Refused:
                return JSONResponse({"why": _("Sesimu berakhir, atau peranmu tidak cukup. Masuk lagi.")}, 403)
            except WrongFile:
                why = _(
                    "Berkas ini tidak bisa diterima: kirim .csv atau .xlsx sampai 256 MB, paling banyak 3 sekaligus."
                )
                return JSONResponse({"why": why}, 422)
            except (NotAuthor, ChangedSince):
                return JSONResponse({"why": _("Kiriman ini sudah tidak ada. Mulai lagi.")}, 410)
            except OSError as error:
                if not is_full(error):
                    raise
                log.error("a list could not be taken in: the disk of its folder is full")  # noqa: TRY400 - no mistake of ours
                return JSONResponse({"why": _("Penyimpanan server penuh. Kabari operator, lalu kirim lagi.")}, 507)

    async def begin(self, session: ConsoleSession, what: str, name: str, size: int) -> Response:
        """Say under which number a file may be sent."""
        async with self.access.acting(session.id, Right.IMPORT, IMPORTS) as acting:
            one = await self.orders.bring(acting.tx, acting.member.who, what, name, size)
        return JSONResponse({"number": one.id, "piece": PIECE})

    async def add(self, session: ConsoleSession, number: int, at: int, request: Request) -> Response:
        """Take the next piece; a wrong one is answered by how much is here, so that it is gone on from there."""
        async with self.access.looking(session.id, Right.IMPORT, IMPORTS) as acting:
            one = await known(acting.tx, number)
        data = await request.body()
        try:
            self.orders.check_piece(session.member.who, one, at, len(data))
            await asyncio.to_thread(self.queue.folder.append, one, at, data)
            async with self.access.acting(session.id, Right.IMPORT, IMPORTS) as acting:
                one = await self.orders.add(acting.tx, number, at, len(data))
        except ChangedSince:
            return JSONResponse({"size": one.size}, 409)
        if one.state.works:
            self.queue.call()
        return JSONResponse({"size": one.size})

    async def refused(self, acting: Acting, number: int) -> Response:
        """Give the bad rows, masked; who fetches them stands in the trail."""
        one = await acting.tx.imports.get(number)
        if one is None or not await asyncio.to_thread((path := self.queue.folder.refused(one)).is_file):
            return Response(status_code=404)
        await acting.tx.staff.record(acting.member.who, "console.export", f"import/{number}")
        rows, saved = _in_words(path, current_language().code), saved_as(f"ditolak-{number}.csv")
        return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers=saved)


def _in_words(path: Path, language: str) -> Iterator[str]:
    """Go through a file of bad rows, some at a time, with the reasons in the language of whoever reads it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows, begun = csv.reader(file), False
        while some := list(islice(rows, _ROWS)):
            with speaking(language):
                told = [[row[0], in_words(row[1]), *row[2:]] for row in some]
            yield ("" if begun else MARK) + lines_of(told)
            begun = True


async def _template(what: str) -> Response:
    """Return an empty list with one example row."""
    if what not in LISTS:
        return Response(status_code=404)
    columns = LISTS[what].columns
    written = lines_of([[column.name for column in columns], [column.example for column in columns]])
    return Response(MARK + written, media_type="text/csv; charset=utf-8", headers=saved_as(f"{what}.csv"))
