"""Client of a Graph server: JSON in and out, media up and down, and the wire for what goes to many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import aiohttp
import orjson

from bot.channels.network import in_words, never_left
from bot.channels.wire import AnswerLost, NotSent, Wire

LARGEST = 100_000_000
"""Bytes of a file that is fetched; WhatsApp's own limit of a document."""

_PIECE = 1 << 16
_JSON = {"Content-Type": "application/json"}


class GraphError(Exception):
    """Graph's own words about what it refuses. `code` and `subcode` are its own, 0 where it gave none."""

    def __init__(self, status: int, code: int = 0, subcode: int = 0, message: str = "") -> None:
        super().__init__(f"({code}) {message}" if message else f"HTTP status {status}")
        self.status, self.code, self.subcode = status, code, subcode


class Graph:
    """One account at a Graph server, to be used as `async with`. All times are in seconds.

    Raises GraphError for what the server refuses, `NotSent` where it has seen nothing of a request, `AnswerLost`
    where it may have acted.
    """

    def __init__(
        self, base_url: str, token: str, *, connections: int = 100, read_timeout: float = 10.0, connect: float = 5.0
    ) -> None:
        self._base = base_url.rstrip("/")
        self._token = token
        self._headers = {"Authorization": f"Bearer {token}"}
        self._connections, self._read, self._connect = connections, read_timeout, connect
        self._session: aiohttp.ClientSession | None = None
        times = {"read_timeout": read_timeout, "connect_timeout": connect}
        self._wire = Wire(self._base, connections, headers=self._headers, **times)
        self._heads: dict[str, bytes] = {}

    async def __aenter__(self) -> Self:
        """Open the pool; nothing is asked yet."""
        connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
        timeout = aiohttp.ClientTimeout(sock_connect=self._connect, sock_read=self._read)
        cookies = aiohttp.DummyCookieJar()
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=cookies, timeout=timeout)
        return self

    async def __aexit__(self, *_exception: object) -> None:
        """Close every connection."""
        self._wire.close()
        if self._session is not None:
            await self._session.close()

    async def warm(self, count: int) -> None:
        """Have `count` connections of the wire open; failing does no harm."""
        await self._wire.warm(count)

    async def get(self, path: str, **parameters: str) -> dict[str, Any]:
        """Return what the server tells under `path`."""
        return result_of(*await self._ask("GET", self._at(path), params=parameters))

    async def post(self, path: str, body: Mapping[str, Any] | bytes) -> dict[str, Any]:
        """Return the answer to a JSON body, which may be encoded already."""
        data = body if isinstance(body, bytes) else orjson.dumps(body)
        return result_of(*await self._ask("POST", self._at(path), data=data, headers=_JSON))

    async def delete(self, path: str, **parameters: str) -> dict[str, Any]:
        """Return the answer to a deletion."""
        return result_of(*await self._ask("DELETE", self._at(path), params=parameters))

    async def post_quickly(self, path: str, body: bytes) -> dict[str, Any]:
        """Return the answer to JSON that is encoded already, by the wire."""
        head = self._heads.get(path) or self._heads.setdefault(path, self._wire.head(f"/{path}"))
        return result_of(*await self._wire.post(head, body))

    async def upload(self, path: str, data: bytes, *, name: str, mime: str) -> str:
        """Return the id under which the server keeps a file from now on, for 30 days."""
        form = aiohttp.FormData()
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", mime)
        form.add_field("file", data, filename=name, content_type=mime)
        answer = result_of(*await self._ask("POST", self._at(path), data=form))
        return str(answer["id"])

    async def upload_sample(self, data: bytes, *, name: str, mime: str) -> str:
        """Return the handle of a file that shows Meta's reviewers what a template will have above its text.

        Two steps of Meta's Resumable Upload API, under the app to which the token belongs.
        """
        app = await self.get("app", fields="id")
        begun = await self._begin_upload(str(app["id"]), len(data), name, mime)
        headers = {"Authorization": f"OAuth {self._token}", "file_offset": "0"}
        answer = result_of(*await self._ask("POST", self._at(begun), data=data, headers=headers))
        return str(answer["h"])

    async def _begin_upload(self, app: str, length: int, name: str, mime: str) -> str:
        told = {"file_name": name, "file_length": str(length), "file_type": mime}
        answer = result_of(*await self._ask("POST", self._at(f"{app}/uploads"), params=told))
        return str(answer["id"])

    async def download(self, url: str, largest: int = LARGEST) -> bytes | None:
        """Return a file that the server keeps; None where it has more than `largest` bytes."""
        try:
            async with self._request("GET", url) as answer:
                if answer.status != 200:
                    raise GraphError(answer.status)
                content = bytearray()
                async for piece in answer.content.iter_chunked(_PIECE):
                    content += piece
                    if len(content) > largest:
                        return None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _lost(error) from None
        return bytes(content)

    def _at(self, path: str) -> str:
        return f"{self._base}/{path}"

    async def _ask(self, method: str, url: str, **parts: Any) -> tuple[int, bytes]:
        try:
            async with self._request(method, url, **parts) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _lost(error) from None

    def _request(self, method: str, url: str, headers: Mapping[str, str] | None = None, **parts: Any) -> Any:
        if self._session is None:
            raise RuntimeError("this client is not open")
        given = {**self._headers, **(headers or {})}
        return self._session.request(method, url, headers=given, allow_redirects=False, **parts)


def result_of(status: int, payload: bytes) -> dict[str, Any]:
    """Return what Graph answered. Raises GraphError; without its own words, with the HTTP status alone."""
    answer = _object(payload)
    error = answer.get("error")
    if isinstance(error, dict):
        raise GraphError(status, _number(error, "code"), _number(error, "error_subcode"), str(error.get("message", "")))
    if not 200 <= status <= 299 or not answer:
        raise GraphError(status)
    return answer


def _lost(error: Exception) -> NotSent | AnswerLost:
    kind = NotSent if never_left(error) else AnswerLost
    return kind(in_words(error))


def _object(payload: bytes) -> dict[str, Any]:
    try:
        answer = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _number(error: Mapping[str, Any], name: str) -> int:
    given = error.get(name)
    return given if isinstance(given, int) else 0
