"""What is kept of one person as a file, on their request: asked for by a form of ours, and noted."""

from __future__ import annotations

from typing import Final

import orjson
from fastapi import FastAPI, Request, Response

from bot.console.access import Access, Acting, Right
from bot.console.serving import saved_as, served

_AT: Final = "/konsol/peserta/data.json"


def serve_person_file(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches whose stands in the trail."""

    @server.post("/konsol/peserta/{number}/data.json")
    async def save(request: Request, number: int) -> Response:
        async def answer(acting: Acting) -> Response:
            kept = await acting.tx.people.export(number)
            if not kept:
                return Response(status_code=404)
            await acting.tx.staff.record(acting.member.who, "person.export", f"participant/{number}")
            written = orjson.dumps(kept, option=orjson.OPT_INDENT_2)
            return Response(written, media_type="application/json", headers=saved_as(f"P{number}.json"))

        return await served(request, access, Right.EXPORT_PERSON, _AT, answer, by_form=True)
