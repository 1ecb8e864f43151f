"""HTTP that is not kept waiting for ever: who sends half a request holds a connection for seconds, not for days."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADERS_WITHIN: Final = 10.0
BODY_WITHIN: Final = 60.0
"""Seconds; a picture over a slow telephone takes a while."""

LONGEST_HEADERS: Final = 64 << 10
"""Bytes."""

MOST_FROM_ONE: Final = 200
MOST: Final = 1000
"""Connections from one address, and of everybody."""


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's HTTP with an end to its patience."""

    headers_within, body_within = HEADERS_WITHIN, BODY_WITHIN

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._deadline: asyncio.TimerHandle | None = None
        self._in_headers = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; one connection too many is closed at once."""
        super().connection_made(transport)
        theirs = [other for other in self.connections if getattr(other, "client", None) and self._is_neighbour(other)]
        if len(self.connections) > MOST or len(theirs) > MOST_FROM_ONE:
            transport.abort()
        else:
            self._expect(self.headers_within)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._expect(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes as long as no headers are complete: the parser would keep any amount."""
        self._in_headers += len(data)
        super().data_received(data)
        if self._in_headers > LONGEST_HEADERS:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """Expect the headers of the next request."""
        super().on_message_begin()
        self._expect(self.headers_within)

    def on_headers_complete(self) -> None:
        """Expect the body."""
        self._in_headers = -(1 << 62)
        self._expect(self.body_within)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Expect nothing more."""
        self._in_headers = 0
        self._expect(None)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to those who know when a socket is dead."""
        self._expect(None)
        super().handle_websocket_upgrade()

    def _is_neighbour(self, other: Any) -> bool:
        return bool(self.client and other.client[0] == self.client[0])

    def _expect(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()
