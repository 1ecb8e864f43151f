"""Finding: what Ctrl-K asks the store for. Pages and acts are on the page already; complaints are looked for here."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.console.access import Access, NotAllowed, NotSignedIn, Right
from bot.console.inbox_rows import person_of
from bot.console.languages import page_language
from bot.console.running import ConsoleParts
from bot.console.session_cookie import is_ours, token_of
from bot.console.words import matter_of, state_name, to_cutoff
from bot.store import UnitOfWork
from bot.store.repositories.inbox_list import Pile, Wanted
from locales import speaking
from programme.model.phones import normal_phone
from programme.model.tickets import Ticket

MOST: Final = 8
"""Complaints that are offered at once."""

_SHORTEST: Final = 2
_WHERE: Final = "/konsol/cari"


def serve_finding(server: FastAPI, access: Access, parts: ConsoleParts) -> None:
    """Serve what is found. It is posted: a number that is looked for stands in no address, and so in no log."""

    @server.post(_WHERE)
    async def find(request: Request) -> Response:
        if not is_ours(request):
            await access.forged(token_of(request), _WHERE)
            return Response(status_code=403)
        typed = (await request.body()).decode(errors="replace").strip()[:100]
        try:
            session = await access.admit(token_of(request), Right.SEE_TICKETS, _WHERE)
            async with access.acting(session.id, Right.SEE_TICKETS, _WHERE) as acting:
                with speaking(page_language(request)):
                    return JSONResponse(await _found(acting.tx, typed, acting.member.who, parts))
        except (NotSignedIn, NotAllowed):
            return Response(status_code=403)


async def _found(tx: UnitOfWork, typed: str, who: str, parts: ConsoleParts) -> list[dict[str, str]]:
    if (phone := normal_phone(typed)) is not None:
        kept = parts.numbers.kept(phone)
        await tx.staff.record(who, "console.search", "number")
        wanted = [Wanted(of=(kept.text, *kept.former))]
    elif len(typed) < _SHORTEST and not typed.removeprefix("#").isdecimal():
        return []
    else:
        wanted = [Wanted(pile=pile, words=typed) for pile in (Pile.OPEN, Pile.CLOSED)]
    found: dict[int, Ticket] = {}
    for each in wanted:
        page, _further = await tx.inbox_list.page(each, MOST)
        found |= {one.id: one for one in page}
    shown = list(found.values())[:MOST]
    people = await tx.people.shown({one.participant for one in shown})
    return [_line(one, person_of(people.get(one.participant)), tx, parts) for one in shown]


def _line(one: Ticket, person: str, tx: UnitOfWork, parts: ConsoleParts) -> dict[str, Any]:
    told = (person, state_name(one.state), to_cutoff(one.cutoff, tx.now) if one.is_open else "")
    where = f"/konsol/aduan?tumpukan={Pile.OPEN if one.is_open else Pile.CLOSED}&aduan={one.id}"
    return {"name": f"#{one.id} {matter_of(one, parts.programme)}", "told": ", ".join(filter(None, told)), "to": where}
