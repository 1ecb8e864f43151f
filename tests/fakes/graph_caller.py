"""A plain client of the fake: what the tests of the fake call it with, beside any adapter."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any, Self

import aiohttp

from tests.fakes.graph import FakeGraph


class Refused(Exception):
    """The server refused: `status` of HTTP and Graph's `code`."""

    def __init__(self, status: int, error: dict[str, Any]) -> None:
        super().__init__(f"{status} {error}")
        self.status = status
        self.code = int(error["code"])


class Caller:
    """Calls of a business that knows no retries and no checks of its own."""

    def __init__(self, graph: FakeGraph, token: str | None = None) -> None:
        self._graph = graph
        self._token = token or graph.token
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers={"Authorization": f"Bearer {self._token}"})
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()

    @staticmethod
    async def refused(call: Awaitable[Any]) -> tuple[int, int]:
        """The HTTP status and the code of a call that must fail."""
        try:
            answer = await call
        except Refused as refusal:
            return refusal.status, refusal.code
        raise AssertionError(f"taken: {answer}")

    def later(self, **time: float) -> None:
        """Move the fake's clock on."""
        self._graph.clock.set(self._graph.clock.now() + timedelta(**time))

    def body(self, to: str, kind: str, content: Any, *, with_to: bool = True, **more: Any) -> dict[str, Any]:
        start = {"messaging_product": "whatsapp", "recipient_type": "individual", "type": kind, kind: content, **more}
        return {**start, "to": to} if with_to else start

    async def send(self, body: dict[str, Any]) -> Any:
        return await self.post(f"{self._graph.account.number_id}/messages", body)

    async def message(self, to: str, kind: str, content: Any, **more: Any) -> str:
        """Send anything; returns its id."""
        return str((await self.send(self.body(to, kind, content, **more)))["messages"][0]["id"])

    async def text(self, to: str, words: str, **more: Any) -> str:
        return await self.message(to, "text", {"body": words}, **more)

    async def template(
        self,
        to: str,
        name: str,
        said: Sequence[str] = (),
        *,
        language: str = "id",
        components: Sequence[Any] = (),
        **more: Any,
    ) -> str:
        """Send a template with these words in its body, or with these `components`."""
        body = {"type": "body", "parameters": [{"type": "text", "text": each} for each in said]}
        parts = [body] if said else list(components)
        content = {"name": name, "language": {"code": language}, **({"components": parts} if parts else {})}
        return await self.message(to, "template", content, **more)

    async def create(self, template: dict[str, Any]) -> Any:
        return await self.post(f"{self._graph.account.id}/message_templates", template)

    async def upload(self, data: bytes, mime: str) -> str:
        form = aiohttp.FormData()
        form.add_field("messaging_product", "whatsapp")
        form.add_field("file", data, filename="berkas", content_type=mime)
        return str((await self._call("POST", f"{self._graph.account.number_id}/media", data=form))["id"])

    async def fetch(self, url: str) -> bytes | None:
        assert self._session is not None
        async with self._session.get(url) as answer:
            return await answer.read() if answer.status == 200 else None

    async def get(self, path: str, **query: str) -> Any:
        return await self._call("GET", path, params=query)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        return await self._call("POST", path, json=body)

    async def delete(self, path: str, **query: str) -> Any:
        return await self._call("DELETE", path, params=query)

    async def _call(self, verb: str, path: str, **call: Any) -> Any:
        assert self._session is not None
        async with self._session.request(verb, f"{self._graph.base_url}/v26.0/{path}", **call) as answer:
            told = await answer.json()
            if "error" in told:
                raise Refused(answer.status, told["error"])
            return told
