"""The quiet mode: POST /messages answered without a look at the body, light enough to measure somebody else.

It checks no token and no bound and knows nobody; limits and latency still hold, statuses are told where wanted.
"""

from __future__ import annotations

import asyncio
from itertools import count
from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from tests.fakes.graph_errors import GraphError
from tests.fakes.graph_webhooks import Item

if TYPE_CHECKING:
    from tests.fakes.graph import FakeGraph

_HEADERS = {"Content-Type": "application/json"}


class Quiet:
    """`statuses` of each message are told, such as ("sent", "delivered"); none by default."""

    def __init__(self, server: FakeGraph, statuses: tuple[str, ...] = ()) -> None:
        self._server = server
        self._statuses = statuses
        self._ids = count(1)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """200 and an id, or 429 where the limits say so."""
        data = await request.read()
        server = self._server
        if server.latency:
            await asyncio.sleep(server.latency)
        message_id = f"wamid.HBgNquiet{next(self._ids):012d}"
        try:
            self._count(data, message_id)
        except GraphError as refusal:
            server.counts.refused[refusal.code] += 1
            return web.Response(body=orjson.dumps(refusal.body()), status=refusal.status, headers=_HEADERS)
        body = b'{"messaging_product":"whatsapp","contacts":[{"input":"0"}],"messages":[{"id":"%s"}]}'
        return web.Response(body=body % message_id.encode(), headers=_HEADERS)

    def _count(self, data: bytes, message_id: str) -> None:
        server = self._server
        address, known = "", {}
        if self._statuses or server.limits.pair_burst is not None:
            known = orjson.loads(data)
            address = known.get("to", known.get("recipient", ""))
        server.limits.count(address)
        server.counts.accepted += 1
        for status in self._statuses:
            self._tell(status, message_id, address, known.get("biz_opaque_callback_data"))

    def _tell(self, status: str, message_id: str, address: str, callback_data: str | None) -> None:
        server = self._server
        told = {"id": message_id, "status": status, "timestamp": server.state.stamp(), "recipient_id": address}
        if callback_data is not None:
            told["biz_opaque_callback_data"] = callback_data
        server.counts.delivered += status == "delivered"
        server.hooks.tell(Item.of_status(told, {"profile": {"name": ""}, "wa_id": address}))
