"""The usual ways to send many messages, without any database: they only have to send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from typing import Any

from benchmarks.bench import TOKEN, WORDS, Result, Watch, run

COUNT = 1_500
AT_ONCE = 64


async def ptb_loop(address: str, count: int) -> None:
    """A loop over `bot.send_message`, one after the other, as in most bots."""
    from telegram import Bot

    async with Bot(TOKEN, base_url=f"{address}/bot") as bot:
        for chat in range(count):
            await bot.send_message(100000 + chat, WORDS.text, parse_mode="HTML")


async def ptb_together(address: str, count: int) -> None:
    """64 of them at once."""
    from telegram import Bot
    from telegram.request import HTTPXRequest

    async with Bot(TOKEN, base_url=f"{address}/bot", request=HTTPXRequest(AT_ONCE, pool_timeout=60)) as bot:
        await _together(lambda chat: bot.send_message(100000 + chat, WORDS.text, parse_mode="HTML"), count)


async def ptb_limiter(address: str, count: int, rate: float = 1_000_000) -> None:
    """PTB's AIORateLimiter, its limits out of the way."""
    from telegram.ext import AIORateLimiter, ExtBot
    from telegram.request import HTTPXRequest

    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=3)
    request = HTTPXRequest(AT_ONCE, pool_timeout=60)
    async with ExtBot(TOKEN, base_url=f"{address}/bot", request=request, rate_limiter=limiter) as bot:
        await _together(lambda chat: bot.send_message(100000 + chat, WORDS.text, parse_mode="HTML"), count)


async def aiogram(address: str, count: int) -> None:
    """aiogram, 64 at once."""
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    async with Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address))) as bot:
        await _together(lambda chat: bot.send_message(100000 + chat, WORDS.text, parse_mode="HTML"), count)


async def _together(send: Callable[[int], Awaitable[Any]], count: int) -> None:
    chats = iter(range(count))

    async def lane() -> None:
        for chat in chats:
            await send(chat)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE):
            tasks.create_task(lane())


RIVALS: dict[str, tuple[str, Callable[[str, int], Awaitable[None]]]] = {
    "PTB, a plain loop": ("telegram", ptb_loop),
    "PTB, 64 at once": ("telegram", ptb_together),
    "PTB + AIORateLimiter, 64 at once": ("aiolimiter", ptb_limiter),
    "aiogram, 64 at once": ("aiogram", aiogram),
}


def rivals(address: str, count: int = COUNT) -> list[Result]:
    """Measure every rival that is installed; say which are missing."""
    return [_measured(name, needs, send, address, count) for name, (needs, send) in RIVALS.items()]


def _measured(name: str, needs: str, send: Callable[[str, int], Awaitable[None]], address: str, count: int) -> Result:
    if find_spec(needs) is None:
        return Result(f"{name}: not installed (pip install {needs})")
    watch = Watch()
    run(send(address, count))
    wall, cpu = watch.read()
    values = {"a second": round(count / wall), "a core-second": round(count / cpu)}
    return Result(f"{name}, no database", {**values, "CPU s per 1,000": cpu / count * 1000})
