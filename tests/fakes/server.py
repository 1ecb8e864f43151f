"""A server on loopback that comes and goes, and has trouble on order: errors, cut lines, answers that never arrive."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call, of any kind or of the one that `of` names.

    `accepted` tells whether the server has done the work by then. `cuts` drops the connection instead of
    answering; `hangs` never answers while the client waits; `trickles` sends its answer byte by byte, for ever.
    """

    of: str | None = None
    status: int = 0
    description: str = ""
    retry_after: int | None = None
    accepted: bool = False
    cuts: bool = False
    hangs: bool = False
    trickles: bool = False
    body: bytes | None = None

    def fits(self, kind: str) -> bool:
        return self.of is None or self.of.lower() == kind


class FakeServer(ABC):
    """What the fakes of Telegram and WhatsApp share. `faults` and `lasting` may be changed at any time."""

    def __init__(self, port: int = 0) -> None:
        self.faults: deque[Fault] = deque()
        self.lasting: list[Fault] = []
        self._port = port
        self._runner: web.ServerRunner | None = None
        self._gone = asyncio.Event()
        self._hung = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.comes_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.goes_away()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def comes_back(self) -> None:
        """Listen (again), on the same port."""
        self._gone = asyncio.Event()
        self._runner = web.ServerRunner(self._server(), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True, backlog=1024)
        await site.start()
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]

    async def goes_away(self) -> None:
        """Close the port and every connection; what is known stays known."""
        self._gone.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def next(self, of: str | None = None, times: int = 1, **trouble: Any) -> None:
        """Order trouble for the next calls (of one kind: a method, the end of a path): fields of `Fault`."""
        self.faults.extend(Fault(of, **trouble) for _ in range(times))

    def from_now_on(self, of: str | None = None, **trouble: Any) -> None:
        """Order trouble for every call (of one kind) until `lasting` is cleared: fields of `Fault`."""
        self.lasting.append(Fault(of, **trouble))

    async def hung(self) -> None:
        """Wait until some call hangs that was told to."""
        await self._hung.wait()
        self._hung.clear()

    def _server(self) -> web.Server[Any]:
        return web.Server(self._serve)

    @abstractmethod
    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one call, with the trouble ordered for it."""

    @abstractmethod
    def _refusal(self, fault: Fault) -> web.Response:
        """An error as this server words it."""

    def _fault(self, kind: str) -> Fault | None:
        found = next((fault for fault in self.faults if fault.fits(kind)), None)
        if found is not None:
            self.faults.remove(found)
        return found or next((fault for fault in self.lasting if fault.fits(kind)), None)

    async def _trouble(self, fault: Fault, request: web.BaseRequest) -> web.StreamResponse:
        if fault.hangs:
            self._hung.set()
            await self._gone.wait()
        if (fault.cuts or fault.hangs) and request.transport is not None:
            request.transport.abort()
            return web.Response(status=500)
        if fault.trickles:
            return await self._trickle(request)
        return self._refusal(fault)

    async def _trickle(self, request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        answer.content_length = 1000
        await answer.prepare(request)
        self._hung.set()
        while not self._gone.is_set():
            await answer.write(b" ")
            await asyncio.sleep(0.02)
        return answer
