"""A callback that answers the challenge, checks the signature, and keeps what it was sent: the fake's own listener."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections import deque
from collections.abc import Iterator
from typing import Any, Self

import orjson
from aiohttp import web

from tests.fakes.graph import APP_SECRET, VERIFY_TOKEN


class Callback:
    """`statuses` are the answers to come, 200 when they are used up; `bodies` holds what was sent, accepted or not."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.statuses: deque[int] = deque()
        self.arrived = asyncio.Event()
        self.url = ""
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._serve), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/whatsapp"  # type: ignore[union-attr]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def values(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every (field, value) of every body, in order."""
        for body in self.bodies:
            for entry in orjson.loads(body)["entry"]:
                for change in entry["changes"]:
                    yield change["field"], change["value"]

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Every message, status ... in order."""
        return [each for _, value in self.values() for each in value.get(kind, [])]

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        if request.method == "GET":
            right = request.query.get("hub.verify_token") == VERIFY_TOKEN
            return web.Response(text=request.query["hub.challenge"]) if right else web.Response(status=403)
        body = await request.read()
        signed = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        if request.headers.get("X-Hub-Signature-256") != f"sha256={signed}":
            return web.Response(status=403)
        self.bodies.append(body)
        self.arrived.set()
        return web.Response(status=self.statuses.popleft() if self.statuses else 200)
