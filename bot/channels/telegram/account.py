"""The bot's account on Telegram: PTB's bot over aiohttp, which can also leave an answer unparsed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from telegram import Bot

from bot.channels import wire
from bot.channels.telegram.answers import AnswerLost, NotSent, result_of
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.standing import Standing
from bot.channels.wire import Wire

SERVER = "https://api.telegram.org"


class Account(Bot):
    """PTB's `Bot`, which also returns Telegram's answers as plain values: parsing a message costs more than sending it.

    `call` is for what somebody waits for, `post` for what goes to many, by the wire.
    """

    def __init__(self, token: str, wire: Wire, **options: Any) -> None:
        super().__init__(token, **options)
        self._standing = Standing(self.get_me)
        self._wire = wire
        self._heads: dict[str, bytes] = {}

    @property
    def standing(self) -> Standing:
        """Tell whether Telegram accepts the token."""
        return self._standing

    @property
    def number(self) -> int:
        """Return the bot's id, which stands in its token: known without asking anybody."""
        return int(self.token.partition(":")[0])

    async def open(self) -> None:
        """Be ready to call, without having called: Telegram may be away. `initialize` does both."""
        await asyncio.gather(*(request.initialize() for request in self._request))

    async def call(self, method: str, **parameters: Any) -> Any:
        """Return the result of a Bot API method. Raises TelegramError."""
        return await self._post(method, parameters)

    async def post(self, method: str, body: bytes) -> Any:
        """Return the result of a Bot API method whose parameters are JSON already. Raises TelegramError."""
        head = self._heads.get(method) or self._heads.setdefault(method, self._wire.head(f"{self.token}/{method}"))
        try:
            status, answer = await self._wire.post(head, body)
        except wire.NotSent as error:
            raise NotSent(str(error)) from None
        except wire.AnswerLost as error:
            raise AnswerLost(str(error)) from None
        return result_of(status, answer)

    async def warm(self, count: int) -> None:
        """Open connections ahead of a great many messages."""
        await self._wire.warm(count)

    async def shutdown(self) -> None:
        """Close every connection."""
        self._wire.close()
        await asyncio.gather(*(request.shutdown() for request in self._request))
        await super().shutdown()

    async def fetch(self, offset: int, wait: float, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """Return updates from `offset` on, unparsed, after at most `wait` seconds. Raises TelegramError."""
        asked = {"offset": offset, "timeout": int(wait), "allowed_updates": list(allowed)}
        updates: list[dict[str, Any]] = await self._post("getUpdates", asked, read_timeout=wait + 10)
        return updates


def open_account(token: str, server: str = SERVER, *, connections: int = 100, **timeouts: float) -> Account:
    """Return the account behind `token`, to be used as `async with`.

    `server` is any Bot API server, with or without `/bot` at its end; `timeouts` are those of
    AiohttpRequest, in seconds.
    """
    address = server.rstrip("/").removesuffix("/bot")
    of_the_wire: dict[str, Any] = {
        name: timeouts[name] for name in ("read_timeout", "connect_timeout") if name in timeouts
    }
    return Account(
        token,
        Wire(f"{address}/bot", connections, **of_the_wire),
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=AiohttpRequest(connections, **timeouts),
        get_updates_request=AiohttpRequest(2),
    )
