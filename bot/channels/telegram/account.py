"""The bot's account on Telegram: PTB's bot over aiohttp, which can also leave an answer unparsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Bot

from bot.channels.telegram.request import AiohttpRequest

SERVER = "https://api.telegram.org"


class Account(Bot):
    """PTB's `Bot` with `call`, which returns Telegram's answer as plain values.

    Parsing the message that comes back is two thirds of the cost of sending one; who sends in bulk needs
    its number only.
    """

    async def call(self, method: str, **parameters: Any) -> Any:
        """Return the result of a Bot API method. Raises TelegramError."""
        return await self._post(method, parameters)

    async def fetch(self, offset: int, wait: float, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """Return updates from `offset` on, unparsed, after at most `wait` seconds. Raises TelegramError."""
        asked = {"offset": offset, "timeout": int(wait), "allowed_updates": list(allowed)}
        updates: list[dict[str, Any]] = await self._post("getUpdates", asked, read_timeout=wait + 10)
        return updates


def open_account(
    token: str, server: str = SERVER, *, connections: int = 100, proxy: str | None = None, **timeouts: float
) -> Account:
    """Return the account behind `token`, to be used as `async with`.

    `server` is any Bot API server, with or without `/bot` at its end; `timeouts` are those of
    AiohttpRequest, in seconds.
    """
    return Account(
        token,
        base_url=server.rstrip("/").removesuffix("/bot") + "/bot",
        base_file_url=server.rstrip("/").removesuffix("/bot") + "/file/bot",
        request=AiohttpRequest(connections, proxy=proxy, **timeouts),
        get_updates_request=AiohttpRequest(2, proxy=proxy),
    )
