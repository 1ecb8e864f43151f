"""Meta's Graph API on loopback, as strict as the real one, with people on its other side.

async with FakeGraph() as graph:
    await graph.connect(callback_url, APP_SECRET, VERIFY_TOKEN)
    siti = graph.user("6281234567890")
    await siti.says("halo")
    assert "Sobat" in (await siti.hears()).text

Everything is told by the fake's own clock (`graph.clock`), which stands still until it is set.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Self

import orjson
from aiohttp import web

from programme.model.clock import Clock
from tests.fakes.bot_api_faults import Fault
from tests.fakes.graph_account import AccountEvents
from tests.fakes.graph_delivery import Delivery, Failure, late
from tests.fakes.graph_errors import GraphError
from tests.fakes.graph_limits import Counts, Limits
from tests.fakes.graph_quiet import Quiet
from tests.fakes.graph_routes import Routes, large_request
from tests.fakes.graph_state import Account, Person, State
from tests.fakes.graph_user import WhatsAppUser
from tests.fakes.graph_webhooks import Webhooks

TOKEN = "EAAGfakeTokenOfTheFakeGraphServer0123456789"
APP_SECRET = "1f2e3d4c5b6a79880f1e2d3c4b5a6978"
VERIFY_TOKEN = "sobat-verifies"


class FakeGraph:
    """The server. `latency` (seconds), `limits`, `faults`, `account`, `hooks` may be changed at any time.

    `quiet` answers POST /messages without looking at the body, for benchmarks (see graph_quiet). `calls` holds the
    latest calls as (method and path, body), the refused ones too.
    """

    def __init__(self, token: str = TOKEN, *, port: int = 0, latency: float = 0.0, clock: Clock | None = None) -> None:
        self.token = token
        self.latency = latency
        self.quiet: Quiet | None = None
        self.state = State(clock)
        self.limits = Limits()
        self.counts = Counts()
        self.hooks = Webhooks(self.state)
        self.delivery = Delivery(self.state, self.hooks, self.limits, self.counts)
        self.events = AccountEvents(self.state, self.hooks, self.delivery)
        self.faults: deque[Fault] = deque()
        self.lasting: list[Fault] = []
        self.calls: deque[tuple[str, Any]] = deque(maxlen=1000)
        self._routes = Routes(self.state, self.delivery, self.limits, self.events)
        self._port = port
        self._runner: web.ServerRunner | None = None
        self._gone = asyncio.Event()
        self._hung = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.comes_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.hooks.close()
        await self.goes_away()

    @property
    def clock(self) -> Any:
        """The fake's own clock; a SetClock unless another was given."""
        return self.state.clock

    @property
    def account(self) -> Account:
        """The account and its number, to be changed at will."""
        return self.state.account

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def comes_back(self) -> None:
        """Listen (again), on the same port."""
        self._gone = asyncio.Event()
        self._runner = web.ServerRunner(web.Server(self._serve, request_factory=large_request), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True, backlog=1024)
        await site.start()
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self._routes.base_url = self.base_url

    async def goes_away(self) -> None:
        """Close the port and every connection; what is known stays known."""
        self._gone.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def connect(self, url: str, app_secret: str = APP_SECRET, verify_token: str = VERIFY_TOKEN) -> None:
        """Send webhooks to `url` from now on, after its challenge was answered."""
        await self.hooks.connect(url, app_secret, verify_token)

    def user(self, number: str, *, bsuid: str = "", name: str = "Siti", **known: Any) -> WhatsAppUser:
        """A person with WhatsApp; `known` are further fields of Person, such as `username` or `number_visible`."""
        person = self.state.numbers.get(number)
        if person is None:
            person = self.state.add(Person(number, bsuid or f"ID.{number}7741", name, **known))
        return WhatsAppUser(self.state, self.delivery, self.hooks, person, self.base_url)

    def fail_next(
        self, code: int, times: int = 1, for_: WhatsAppUser | str | None = None, *, as_status: bool | None = None
    ) -> None:
        """The next `times` messages (to `for_`: a person, an address or a template's name) get this error.

        As the answer or as a `failed` status, whichever Meta does, unless `as_status` says.
        """
        names: set[str | None] = {for_.number, for_.bsuid} if isinstance(for_, WhatsAppUser) else {for_}
        comes_late = late(code) if as_status is None else as_status
        self.delivery.failures.append(Failure(code, times, names, comes_late))

    def next(self, path: str | None = None, times: int = 1, **trouble: Any) -> None:
        """Order trouble of HTTP for the next calls (to `path`: "messages", "media" ...): fields of `Fault`."""
        self.faults.extend(Fault(path, **trouble) for _ in range(times))

    def from_now_on(self, path: str | None = None, **trouble: Any) -> None:
        """Order trouble of HTTP for every call (to `path`) until `lasting` is cleared."""
        self.lasting.append(Fault(path, **trouble))

    async def hung(self) -> None:
        """Wait until some call hangs that was told to."""
        await self._hung.wait()
        self._hung.clear()

    def called(self, path: str) -> list[Any]:
        """The bodies of every remembered call whose path ends so, oldest first."""
        return [body for where, body in self.calls if where.endswith(path)]

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        self.counts.request(asyncio.get_running_loop().time())
        if self.quiet is not None and request.path.endswith("/messages"):
            return await self.quiet.answer(request)
        where = request.path.rpartition("/")[2].lower()
        fault = self._fault(where)
        try:
            self._check_token(request)
            given = await self._routes.read(request)
            self.calls.append((f"{request.method} {request.path}", given))
            if self.latency:
                await asyncio.sleep(self.latency)
            if fault is None or fault.accepted:
                answer = await self._routes.answer(request, given)
        except GraphError as refusal:
            self.counts.refused[refusal.code] += 1
            answer = web.json_response(refusal.body(), status=refusal.status)
        return await self._trouble(fault, request) if fault else answer

    def _check_token(self, request: web.BaseRequest) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")

    def _fault(self, where: str) -> Fault | None:
        found = next((fault for fault in self.faults if fault.fits(where)), None)
        if found is not None:
            self.faults.remove(found)
        return found or next((fault for fault in self.lasting if fault.fits(where)), None)

    async def _trouble(self, fault: Fault, request: web.BaseRequest) -> web.StreamResponse:
        if fault.hangs:
            self._hung.set()
            await self._gone.wait()
        if (fault.cuts or fault.hangs) and request.transport is not None:
            request.transport.abort()
            return web.Response(status=500)
        if fault.trickles:
            return await self._trickle(request)
        if fault.body is not None:
            return web.Response(status=fault.status or 200, body=fault.body, content_type="application/json")
        error = {
            "message": "Service temporarily unavailable",
            "type": "OAuthException",
            "is_transient": True,
            "code": 2,
        }
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else None
        body = orjson.dumps({"error": error})
        return web.Response(status=fault.status or 500, body=body, content_type="application/json", headers=headers)

    async def _trickle(self, request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        answer.content_length = 1000
        await answer.prepare(request)
        self._hung.set()
        while not self._gone.is_set():
            await answer.write(b" ")
            await asyncio.sleep(0.02)
        return answer
