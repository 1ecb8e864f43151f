"""The shortest way to one server: prepared JSON bodies over kept-alive connections, answers unparsed.

A general client spends ten times as long on a request as the channel's protocol needs; see
docs/PERFORMANCE.md for what was measured.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.channels.wire_connection import Answer, WireConnection

_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_IDLE = 20.0  # seconds after which the server may have closed a connection that nobody used
_RESTED = 0.0002  # seconds after which it is worth looking whether it has


class NotSent(Exception):
    """The server has seen nothing of the request."""


class AnswerLost(Exception):
    """The request went out and its answer never came: the server may have acted on it."""


class Wire:
    """Posts to `server` over at most `connections` connections. Times are in seconds.

    Raises `NotSent` where the server has seen nothing of a request, `AnswerLost` where it may have acted.
    """

    def __init__(
        self,
        server: str,
        connections: int = 100,
        *,
        headers: Mapping[str, str] = _NO_HEADERS,
        read_timeout: float = 10.0,
        connect_timeout: float = 5.0,
    ) -> None:
        parts = urlsplit(server)
        self._host, self._path = parts.hostname or "", parts.path.rstrip("/")
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        host = f"HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        self._head = f"{host}{more}Content-Type: application/json\r\nContent-Length: "
        self._most, self._read, self._connect = connections, read_timeout, connect_timeout
        self._free: list[WireConnection] = []
        self._all: set[WireConnection] = set()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._opening = 0
        self._watch: asyncio.TimerHandle | None = None

    def close(self) -> None:
        """Close every connection; what is under way raises `AnswerLost`."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        for connection in tuple(self._all):
            connection.close("this side was closed")
        self._free.clear()

    async def warm(self, count: int) -> None:
        """Have `count` connections open ahead of a great many messages; failing does no harm here."""
        fresh = sum(time.monotonic() - connection.used_at < _IDLE / 2 for connection in self._free)
        lacking = min(count - fresh, self._most - len(self._all) - self._opening)
        opened = await asyncio.gather(*(self._new() for _ in range(lacking)), return_exceptions=True)
        for connection in opened:
            if isinstance(connection, WireConnection):
                self._give_back(connection)

    def head(self, path: str) -> bytes:
        """Return the beginning of every request to `path`, as `post` wants it."""
        return f"POST {self._path}{path} {self._head}".encode()

    async def post(self, head: bytes, body: bytes) -> Answer:
        """Return the status and the body of the answer."""
        connection = await self._connection()
        try:
            answer = await connection.ask(b"%b%d\r\n\r\n%b" % (head, len(body), body), self._deadline())
        except BaseException as error:
            connection.close("given up")
            if isinstance(error, ConnectionError):
                raise AnswerLost(f"the answer was lost: {error}") from None
            raise
        finally:
            self._give_back(connection)
        return answer

    def _deadline(self) -> float:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(0.5, self._look_around)
        return time.monotonic() + self._read

    def _look_around(self) -> None:
        """One timer for all connections: give up the ones whose answer takes too long."""
        now = time.monotonic()
        for connection in tuple(self._all):
            if connection.busy and now > connection.deadline:
                connection.close("the answer took too long")
        busy = any(connection.busy for connection in self._all)
        self._watch = asyncio.get_running_loop().call_later(0.5, self._look_around) if busy else None

    async def _connection(self) -> WireConnection:
        while True:
            now = time.monotonic()
            while self._free:
                connection = self._free.pop()
                idle = now - connection.used_at
                if idle > _RESTED and connection.stirs:
                    await _news()
                if connection.open and idle < _IDLE:
                    return connection
                connection.close("idle")
                self._all.discard(connection)
            if len(self._all) + self._opening < self._most:
                return await self._new()
            await self._turn()

    async def _turn(self) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._connect):
                await turn
        except TimeoutError:
            raise NotSent("not sent: every connection is busy") from None
        finally:
            if not turn.done() or turn.cancelled():
                self._waiting = deque(other for other in self._waiting if other is not turn)

    async def _new(self) -> WireConnection:
        loop = asyncio.get_running_loop()
        self._opening += 1
        try:
            async with asyncio.timeout(self._connect):
                _, connection = await loop.create_connection(WireConnection, self._host, self._port, ssl=self._tls)
        except (OSError, TimeoutError) as error:
            self._next()
            raise NotSent(
                f"not sent: {type(error).__name__} {getattr(error, 'strerror', None) or ''}".strip()
            ) from None
        finally:
            self._opening -= 1
        self._all.add(connection)
        return connection

    def _give_back(self, connection: WireConnection) -> None:
        if connection.open:
            connection.used_at = time.monotonic()
            self._free.append(connection)
        else:
            self._all.discard(connection)
        self._next()

    def _next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


async def _news() -> None:
    """Let the event loop hear what arrived, such as the end of a connection."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
