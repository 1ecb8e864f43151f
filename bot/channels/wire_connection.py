"""One connection of the wire: one request, one answer, and again."""

from __future__ import annotations

import asyncio
import select
from typing import cast

Answer = tuple[int, bytes]
_LARGEST = 1 << 20  # bytes; an answer is a few hundred


class WireConnection(asyncio.Protocol):
    """Carries one request at a time. HTTP/1.1, with a length or in chunks."""

    def __init__(self) -> None:
        self.used_at = 0.0
        self.deadline = 0.0
        self.open = False
        self._transport: asyncio.Transport
        self._asked: asyncio.Future[Answer] | None = None
        self._heard = b""
        self._news = select.poll()

    @property
    def stirs(self) -> bool:
        """Whether something arrived, such as the end, that the event loop has not told of yet."""
        return bool(self._news.poll(0))

    @property
    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return self._asked is not None

    async def ask(self, request: bytes, deadline: float) -> Answer:
        """Write `request` and return its answer. Raises ConnectionError."""
        self.deadline = deadline
        self._asked = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._asked
        finally:
            self._asked = None

    def close(self, why: str) -> None:
        """Close at once; an answer still waited for is lost."""
        if self.open:
            self.open = False
            self._transport.abort()
        self._lose(why)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)  # TCP has no other
        self._news.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
        self.open = True

    def eof_received(self) -> None:
        """Nothing more will be answered here."""
        self.open = False

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.open = False
        self._lose("the server closed the connection")

    def data_received(self, data: bytes) -> None:
        """Collect until the answer is whole."""
        heard = self._heard + data if self._heard else data
        end = heard.find(b"\r\n\r\n")
        if end < 0:
            self._keep(heard)
            return
        head = heard[:end].lower()
        body = _body(head, heard, end + 4)
        if body is None:
            self._keep(heard)
            return
        self._heard = b""
        if b"connection: close" in head:
            self.open = False
            self._transport.close()
        if self._asked is not None and not self._asked.done():
            self._asked.set_result((int(head[9:12]), body))
        else:
            self.close("an answer that nobody asked for")

    def _keep(self, heard: bytes) -> None:
        self._heard = heard
        if len(heard) > _LARGEST:
            self.close("the answer is too long")

    def _lose(self, why: str) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_exception(ConnectionResetError(why))


def _body(head: bytes, heard: bytes, start: int) -> bytes | None:
    """Return the body once it is whole."""
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        line_end = head.find(b"\r\n", at + 2)
        end = start + int(head[at + 17 : line_end if line_end > 0 else len(head)])
        return heard[start:end] if len(heard) >= end else None
    if b"transfer-encoding: chunked" in head:
        return _joined(heard, start)
    return b""


def _joined(heard: bytes, at: int) -> bytes | None:
    parts: list[bytes] = []
    while True:
        line_end = heard.find(b"\r\n", at)
        if line_end < 0:
            return None
        size = int(heard[at:line_end].split(b";")[0], 16)
        at = line_end + 2
        if len(heard) < at + size + 2:
            return None
        if size == 0:
            return b"".join(parts)
        parts.append(heard[at : at + size])
        at += size + 2
