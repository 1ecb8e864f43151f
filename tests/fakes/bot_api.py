"""A Bot API server on loopback, as strict as the real one, with people on its other side.

async with FakeBotApi() as api:
    siti = api.user(71)
    await siti.says("/start g21")
    ...
    assert "21 Oktober" in siti.last.text
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import orjson
from aiohttp import web

from tests.fakes.bot_api_limits import Limits
from tests.fakes.bot_api_methods import METHODS, SENDS
from tests.fakes.bot_api_parameters import parameters
from tests.fakes.bot_api_push import push
from tests.fakes.bot_api_rules import Refusal
from tests.fakes.bot_api_state import Chat, State
from tests.fakes.server import FakeServer, Fault
from tests.fakes.telegram_staff import FakeForum
from tests.fakes.telegram_user import FakeGroup, FakeUser

TOKEN = "7000000001:AAHxFakeTokenOfTheFakeBotApiServer_12345"
BOT = {
    "id": 7000000001,
    "is_bot": True,
    "first_name": "Sobat Prakerja",
    "username": "SobatPrakerjaBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


class FakeBotApi(FakeServer):
    """The server. `latency` (seconds), `limits` and `faults` may be changed at any time.

    `calls` holds the latest calls as (method, parameters), the refused ones too.
    """

    def __init__(self, token: str = TOKEN, *, port: int = 0, latency: float = 0.0) -> None:
        super().__init__(port)
        self.token = token
        self.latency = latency
        self.connections = 1  # over which updates are posted to a webhook; one keeps them in order
        self.limits = Limits()
        self.state = State(dict(BOT))
        self.calls: deque[tuple[str, dict[str, Any]]] = deque(maxlen=1000)
        self.served = 0
        self._poll: asyncio.Event | None = None  # set to end the long poll in flight
        self._pushing: asyncio.Task[None] | None = None

    async def goes_away(self) -> None:
        """Close the port and every connection; what is known stays known."""
        if self._pushing is not None:
            self._pushing.cancel()
            self._pushing = None
        await super().goes_away()

    def user(self, number: int, *, name: str = "Siti", language: str | None = "id", started: bool = True) -> FakeUser:
        """A person; who has not `started` can't be written to."""
        if str(number) not in self.state.chats:
            person: dict[str, Any] = {"id": number, "is_bot": False, "first_name": name}
            if language:
                person["language_code"] = language
            self.state.chats[str(number)] = Chat(number, person, started=started)
        return FakeUser(self.state, self.state.chats[str(number)])

    def group(self, number: int = -100500) -> FakeGroup:
        """A group that the bot is in."""
        chat = self.state.chats.setdefault(str(number), Chat(number, kind="supergroup"))
        return FakeGroup(self.state, chat)

    def forum(self, number: int = -100700) -> FakeForum:
        """A group with topics, of which the bot is an administrator."""
        chat = self.state.chats.setdefault(str(number), Chat(number, kind="supergroup"))
        return FakeForum(self.state, chat)

    def called(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every remembered call of `method`, oldest first."""
        return [given for name, given in self.calls if name == method.lower()]

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        self.served += 1
        fault = None
        if request.path.startswith(f"/file/bot{self.token}/"):
            data = self.state.files.get(request.path.rpartition("/")[2])
            return web.Response(status=404) if data is None else web.Response(body=data)
        try:
            method = self._method(request.path)
            given, uploads = await parameters(request)
            self.calls.append((method, given))
            fault = self._fault(method)
            if self.latency and method != "getupdates":
                await asyncio.sleep(self.latency)
            if fault is None or fault.accepted:
                answer = _ok(await self._run(method, given, uploads))
        except Refusal as refusal:
            answer = _refused(refusal)
        return await self._trouble(fault, request) if fault else answer

    def _method(self, path: str) -> str:
        _, bot, method = ([*path.split("/", 2), "", ""])[:3]
        if not bot.startswith("bot") or ":" not in bot:
            raise Refusal(404, "Not Found")
        if bot != f"bot{self.token}":
            raise Refusal(401, "Unauthorized")
        if method.lower() not in METHODS:
            raise Refusal(404, "Not Found")
        return method.lower()

    async def _run(self, method: str, given: dict[str, Any], uploads: dict[str, bytes]) -> Any:
        if method in SENDS:
            self.limits.count(str(given.get("chat_id")))
        if method == "getupdates":
            return await self._long_poll(given)
        result = await METHODS[method](self.state, given, uploads)
        if method in {"setwebhook", "deletewebhook"}:
            self._push_or_not()
        return result

    async def _long_poll(self, given: dict[str, Any]) -> Any:
        """A second poll ends the first, as on the real server."""
        if self._poll is not None:
            self._poll.set()
        ended = self._poll = asyncio.Event()
        poll = asyncio.ensure_future(METHODS["getupdates"](self.state, given, {}))
        watch = [asyncio.ensure_future(event.wait()) for event in (ended, self._gone)]
        try:
            await asyncio.wait({poll, *watch}, return_when=asyncio.FIRST_COMPLETED)
            if poll.done():
                return poll.result()
            if self._gone.is_set():
                return []
            raise Refusal(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )
        finally:
            for task in (poll, *watch):
                task.cancel()
            if self._poll is ended:
                self._poll = None

    def _refusal(self, fault: Fault) -> web.Response:
        if fault.body is not None:
            return web.Response(status=fault.status or 200, body=fault.body)
        description = fault.description or "Internal Server Error"
        return _refused(Refusal(fault.status or 500, description, fault.retry_after))

    def _push_or_not(self) -> None:
        if self._pushing is not None:
            self._pushing.cancel()
        self._pushing = (
            asyncio.ensure_future(push(self.state, self.calls, self.connections)) if self.state.webhook else None
        )


def _ok(result: Any) -> web.Response:
    return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after is not None:
        answer["parameters"] = {"retry_after": refusal.retry_after}
    return web.Response(status=refusal.code, body=orjson.dumps(answer), content_type="application/json")
