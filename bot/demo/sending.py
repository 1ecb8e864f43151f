"""How a browser hands in what somebody says or presses: over HTTP, so that it can try again until it was taken.

A page's socket dies with the network, and what it carried is gone without a word. Here the browser keeps what it
has to say, with an id of its own, until it is told that it was taken; twice the same id is taken once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field

from bot.channels.web.channel import WebChannel
from bot.channels.whatsapp import limits
from bot.demo.phone_mode import PhoneMode
from bot.demo.visitor import Receipt, Visitor
from bot.demo.visits import chat_of
from programme.redaction.cutter import LONGEST

SAY: Final = "/sobat/kirim"
_Id = Annotated[str, Field(pattern=r"^[0-9a-f-]{16,64}$")]

_STATUS: Final = {Receipt.TAKEN: 204, Receipt.TOO_QUICK: 429, Receipt.NOT_NOW: 503, Receipt.TOO_OLD: 410}


class HandedIn(BaseModel):
    """Words, or a key (row and place) of a post, or what was chosen there by its id, and what stood on it.

    `phone` is the app that the phone looks like.
    """

    id: _Id
    words: Annotated[str, Field(max_length=LONGEST)] = ""
    post: str | None = None
    key: tuple[int, int] = (0, 0)
    chosen: Annotated[str, Field(max_length=limits.ROW_ID)] = ""
    title: Annotated[str, Field(max_length=limits.ROW_DESCRIPTION)] = ""
    phone: PhoneMode = PhoneMode.TELEGRAM


def hear(app: FastAPI, channel: WebChannel, visitor: Callable[[str], Visitor]) -> None:
    """Take what browsers send; `visitor` finds who speaks at an address."""

    @app.post(SAY)
    async def say(request: Request) -> Response:
        said = handed_in(await request.body())
        if said is None:
            return Response(status_code=422)
        address = chat_of(request)
        if address is None or not await channel.is_visited(address):
            return Response(status_code=401)  # no page of ours is open there: a script makes addresses up
        who = visitor(address)
        who.mode = said.phone
        if said.post is not None and said.chosen:
            heard = await who.choose(said.post, said.chosen, said.title, said.id)
        elif said.post is not None:
            heard = await who.press_key(said.post, said.key, said.id)
        elif said.words.strip():
            heard = await who.say(said.words, number=said.id)
        else:
            heard = Receipt.TAKEN
        return Response(status_code=_STATUS[heard])


def handed_in(body: bytes) -> HandedIn | None:
    """Read what a browser sent; None where no page of ours sends such a thing.

    A browser can send half a character, where a text was cut in the middle of one: the other signs are heard.
    """
    try:
        return HandedIn.model_validate(_whole(json.loads(body)))
    except (ValueError, RecursionError):
        return None


def _whole(held: object) -> object:
    if isinstance(held, str):
        return held.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return {_whole(name): _whole(each) for name, each in held.items()} if isinstance(held, dict) else held
