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
from typing import Any

import orjson
from aiohttp import web

from programme.model.clock import Clock
from tests.fakes.graph_account import AccountEvents
from tests.fakes.graph_delivery import Delivery, Failure, late
from tests.fakes.graph_errors import GraphError
from tests.fakes.graph_limits import Counts, Limits
from tests.fakes.graph_quiet import Quiet
from tests.fakes.graph_routes import Routes, large_request
from tests.fakes.graph_state import Account, Person, State
from tests.fakes.graph_user import WhatsAppUser
from tests.fakes.graph_webhooks import Webhooks
from tests.fakes.server import FakeServer, Fault

TOKEN = "EAAGfakeTokenOfTheFakeGraphServer0123456789"
APP_SECRET = "1f2e3d4c5b6a79880f1e2d3c4b5a6978"
VERIFY_TOKEN = "sobat-verifies"


class FakeGraph(FakeServer):
    """The server. `latency` (seconds), `limits`, `faults`, `account`, `hooks` may be changed at any time.

    `quiet` answers POST /messages without looking at the body, for benchmarks (see graph_quiet). `calls` holds the
    latest calls as (method and path, body), the refused ones too.
    """

    def __init__(self, token: str = TOKEN, *, port: int = 0, latency: float = 0.0, clock: Clock | None = None) -> None:
        super().__init__(port)
        self.token = token
        self.latency = latency
        self.quiet: Quiet | None = None
        self.state = State(clock)
        self.limits = Limits()
        self.counts = Counts()
        self.hooks = Webhooks(self.state)
        self.delivery = Delivery(self.state, self.hooks, self.limits, self.counts)
        self.events = AccountEvents(self.state, self.hooks, self.delivery)
        self.calls: deque[tuple[str, Any]] = deque(maxlen=1000)
        self._routes = Routes(self.state, self.delivery, self.limits, self.events)

    async def __aexit__(self, *_: object) -> None:
        await self.hooks.close()
        await super().__aexit__(*_)

    @property
    def clock(self) -> Any:
        """The fake's own clock; a SetClock unless another was given."""
        return self.state.clock

    @property
    def account(self) -> Account:
        """The account and its number, to be changed at will."""
        return self.state.account

    async def comes_back(self) -> None:
        """Listen (again), on the same port."""
        await super().comes_back()
        self._routes.base_url = self.base_url

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

    def _server(self) -> web.Server[Any]:
        return web.Server(self._serve, request_factory=large_request)

    def _refusal(self, fault: Fault) -> web.Response:
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
