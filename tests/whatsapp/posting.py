"""An intake that keeps what it is given, behind the real routes; and Meta, which posts to them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
from starlette.applications import Starlette

from bot.channels.whatsapp.intake import News, WhatsAppIntake
from bot.channels.whatsapp.items import NextPage
from bot.channels.whatsapp.signature import HEADER, sign
from bot.channels.whatsapp.webhook import webhook_routes
from programme.model.messages import Incoming
from programme.model.receipts import Receipt
from tests.store.samples import away
from tests.whatsapp.written import reader

SECRET, TOKEN = "0123456789abcdef0123456789abcdef", "kata sandi webhook"


class Kept:
    """What was taken in. `refused` are ids of messages whose writing fails, as long as they stand there."""

    def __init__(self) -> None:
        self.said: list[Incoming] = []
        self.pages: list[NextPage] = []
        self.receipts: list[Sequence[Receipt]] = []
        self.news: list[News] = []
        self.ignored: Counter[str] = Counter()
        self.refused: set[str] = set()
        self.error: Exception = away()
        self.safe = 0
        self.at_once = self.most = 0

    async def take(self, incoming: Incoming) -> None:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            await asyncio.sleep(0)
            if incoming.message in self.refused:
                raise self.error
            self.said.append(incoming)
        finally:
            self.at_once -= 1

    async def receive(self, receipts: Sequence[Receipt]) -> None:
        self._may_fail("receipts")
        self.receipts.append(receipts)

    async def note(self, news: Sequence[News]) -> None:
        self._may_fail("news")
        self.news += news

    async def turn_page(self, page: NextPage) -> None:
        self.pages.append(page)

    async def secure(self) -> None:
        self._may_fail("safe")
        self.safe += 1

    def count(self, ignored: Mapping[str, int]) -> None:
        self.ignored.update(ignored)

    def _may_fail(self, what: str) -> None:
        if what in self.refused:
            raise self.error


def intake_of(kept: Kept, side_by_side: int = 8) -> WhatsAppIntake:
    return WhatsAppIntake(
        reader(),
        take=kept.take,
        receive=kept.receive,
        note=kept.note,
        count=kept.count,
        safe=kept.secure,
        side_by_side=side_by_side,
        turn_page=kept.turn_page,
    )


class Meta:
    """Posts as Meta does, signed unless another header is given."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def posts(self, payload: Mapping[str, Any] | bytes, header: bytes | None = b"") -> int:
        """Return the status of the answer; a `header` of None is none."""
        body = payload if isinstance(payload, bytes) else orjson.dumps(payload)
        if header == b"":
            header = sign(SECRET.encode(), body).encode()
        headers = [] if header is None else [(HEADER.encode(), header)]
        return (await self.client.post("/whatsapp", content=body, headers=headers)).status_code


@asynccontextmanager
async def meta(kept: Kept) -> AsyncIterator[Meta]:
    web = Starlette(routes=webhook_routes(intake_of(kept), SECRET, TOKEN))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://sobat") as client:
        yield Meta(client)
