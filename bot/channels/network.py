"""HTTP to the messengers, on aiohttp: one pool a client, and failures that say whether anything of a request left."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp

_NEVER_LEFT = (aiohttp.InvalidURL, aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError)
_FRESH = 8.0  # seconds after its use in which a connection counts as open; aiohttp drops it after 15


class NotSent(Exception):
    """The server has seen nothing of the request."""


class AnswerLost(Exception):
    """The request went out and its answer never came: the server may have acted on it."""


class HttpClient:
    """A pool of at most `connections` connections that are kept alive.

    Raises `NotSent` where the server has seen nothing of a request (no connection free, no route), `AnswerLost` where
    it may have acted.
    """

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._used_at = -_FRESH

    def open(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Close every connection; a second call changes nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def warm(self, url: str, count: int) -> None:
        """Have `count` connections open ahead of many requests, unless some went just now; failing is no harm."""
        if time.monotonic() - self._used_at > _FRESH:
            asked = (self.ask("HEAD", url) for _ in range(min(count, self._connections)))
            await asyncio.gather(*asked, return_exceptions=True)

    async def ask(self, method: str, url: str, **parts: Any) -> tuple[int, bytes]:
        """Return the status and the body of the answer; `parts` are those of aiohttp's request."""
        try:
            async with self.request(method, url, **parts) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise lost(error) from None  # aiohttp's words may show the address, and so the token

    def request(self, method: str, url: str, **parts: Any) -> Any:
        """Return aiohttp's context of one request, whose errors are its own: see `lost`."""
        if self._session is None:
            raise RuntimeError("this client is not initialized")
        self._used_at = time.monotonic()
        return self._session.request(method, url, allow_redirects=False, **parts)


def within(read: float | None, write: float | None, connect: float | None, pool: float | None) -> aiohttp.ClientTimeout:
    """Return these times in seconds as aiohttp has them.

    Both waiting for a free connection and connecting end in the one error that means "not sent".
    """
    reach = None if connect is None or pool is None else connect + pool
    total = None if reach is None or write is None or read is None else reach + write + read
    return aiohttp.ClientTimeout(total=total, connect=reach, sock_connect=connect, sock_read=read)


def lost(error: Exception) -> NotSent | AnswerLost:
    """Return what an error of aiohttp's means, without its own words."""
    told = f"{type(error).__name__} {getattr(error, 'strerror', None) or ''}".strip()
    return NotSent(f"not sent: {told}") if _never_left(error) else AnswerLost(f"the answer was lost: {told}")


def _never_left(error: Exception) -> bool:
    return isinstance(error, _NEVER_LEFT) or _closed_before(error) or _closed_before(error.__cause__)


def _closed_before(error: BaseException | None) -> bool:
    """Whether the connection was closing before the whole of the request had been written."""
    return isinstance(error, aiohttp.ClientConnectionResetError) and "closing transport" in str(error)
