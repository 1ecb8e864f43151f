"""Labelled lines as a file: as the training files have them, for whoever adds them there."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI, Request, Response

from bot.console.access import Access, Acting, Right
from bot.console.learning import Learning
from bot.console.serving import saved_as, served
from handlers.understanding.utterances import VOICE
from programme.model.spreadsheet_cells import without_sign

LINES: Final = "/konsol/pemahaman/kalimat.tsv"


def serve_lines(server: FastAPI, access: Access) -> None:
    """Serve the file; who fetches it stands in the trail."""

    @server.post(LINES)
    async def save(request: Request) -> Response:
        async def answer(acting: Acting) -> Response:
            lines = await Learning(access.store).lines(acting.tx)
            await acting.tx.staff.record(acting.member.who, "understanding.export", "misses", lines=len(lines))
            found = sorted(lines, key=lambda one: one[1])
            rows = "".join(f"{intent}\t{VOICE}\t{without_sign(text)}\n" for text, intent in found)
            kind = "text/tab-separated-values; charset=utf-8"
            return Response(rows, media_type=kind, headers=saved_as("kalimat.tsv"))

        return await served(request, access, Right.TRAIN, LINES, answer, by_form=True)
