"""The messengers of the night: the tests' fakes on the night's clock, which note what they took for whom and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from aiohttp import web

from benchmarks.fast_time.clock import NightClock
from benchmarks.fast_time.journal import Taken
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.bot_api_methods import SENDS
from tests.fakes.graph import FakeGraph


class NightTelegram(FakeBotApi):
    """Telegram; `last` is when each chat got its newest message."""

    def __init__(self, clock: NightClock, *, latency: float) -> None:
        super().__init__(latency=latency)
        self.clock = clock
        self.state.seconds = clock.seconds
        self.connections = 16
        self.taken: list[Taken] = []
        self.last: dict[str, datetime] = {}
        self.throttled = 0

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        answer = await super()._serve(request)
        self.throttled += answer.status == 429
        return answer

    async def _run(self, method: str, given: dict[str, Any], uploads: dict[str, bytes]) -> Any:
        result = await super()._run(method, given, uploads)
        if method in SENDS:
            chat, now = str(given["chat_id"]), self.clock.now()
            words = str(given.get("text") or given.get("caption"))
            self.taken.append(Taken("telegram", str(result["message_id"]), chat, words, now))
            self.last[chat] = now
        return result


def taken_by(graph: FakeGraph) -> Iterator[Taken]:
    """What WhatsApp took."""
    for one in graph.state.sent.values():
        yield Taken("whatsapp", one.id, one.person.bsuid, one.shown.text, one.at)
