"""Telegram as the tests fake it, noting in which moment it took which message."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.bot_api_methods import SENDS


class Witness(FakeBotApi):
    """Keeps chat, words and moment of each message; tells whoever waits for the next one to a chat."""

    def __init__(self, *, latency: float = 0.0) -> None:
        super().__init__(latency=latency)
        self.taken: list[tuple[str, str, float]] = []
        self._awaited: dict[str, asyncio.Future[float]] = {}

    def next_to(self, chat: int) -> asyncio.Future[float]:
        """Return the moment of the next message to a chat, once it has come."""
        awaited = self._awaited[str(chat)] = asyncio.get_running_loop().create_future()
        return awaited

    async def _run(self, method: str, given: dict[str, Any], uploads: dict[str, bytes]) -> Any:
        result = await super()._run(method, given, uploads)
        if method in SENDS:
            chat, now = str(given["chat_id"]), time.monotonic()
            self.taken.append((chat, str(given.get("text") or given.get("caption")), now))
            awaited = self._awaited.pop(chat, None)
            if awaited is not None and not awaited.done():
                awaited.set_result(now)
        return result
