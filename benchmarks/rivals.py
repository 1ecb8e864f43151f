"""The usual ways to send many messages, without any database: they only have to send.

Each is opened and has sent one message before it is timed, so that imports and connections are not in its figure; and
each is timed with as many at once as suit it best, found by short trials. Raw aiohttp is what the machine permits.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import aiohttp
import orjson

from benchmarks.calibration import Watch
from benchmarks.people import NUMBER, TOKEN, WHATSAPP_FIRST, WORDS

Send = Callable[[int], Awaitable[Any]]
AT_ONCE = (1, 8, 64)
_TRIAL = 300  # messages
_MANY = 1_000_000.0  # a second: a limiter's limits out of the way


@dataclass(frozen=True)
class Rival:
    """A library; `opened` yields its way to send to a chat: to an address, so many at once, so many a second."""

    name: str
    needs: str
    opened: Callable[[str, int, float], AbstractAsyncContextManager[Send]]

    @property
    def installed(self) -> bool:
        return all(find_spec(each) for each in self.needs.split())


@dataclass(frozen=True)
class Sent:
    """So many messages sent, so many at once, in seconds by the clock and of the processor."""

    count: int
    at_once: int
    wall: float
    cpu: float


async def best(rival: Rival, address: str, count: int, rate: float = _MANY, at_once: Sequence[int] = AT_ONCE) -> Sent:
    """Send `count` messages with as many at once as cost least."""
    trials = [await send(rival, address, min(_TRIAL, count), each, rate) for each in at_once]
    cheapest = min(trials, key=lambda sent: sent.wall if rate < _MANY else sent.cpu)
    return await send(rival, address, count, cheapest.at_once, rate)


async def send(rival: Rival, address: str, count: int, at_once: int, rate: float = _MANY) -> Sent:
    """Send so many messages, so many at once, each to another chat."""
    async with rival.opened(address, at_once, rate) as send_to:
        await send_to(100_000)
        chats = iter(range(100_001, 100_001 + count))

        async def one_after_the_other() -> None:
            for chat in chats:
                await send_to(chat)

        watch = Watch()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(at_once):
                tasks.create_task(one_after_the_other())
        return Sent(count, at_once, *watch.read())


@asynccontextmanager
async def _raw(address: str, at_once: int, _rate: float) -> AsyncIterator[Send]:
    """POST a body, read the answer: nothing that a bot would do beside."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once)) as session:

        async def send_to(chat: int) -> Any:
            body = orjson.dumps({"chat_id": chat, "text": WORDS.text, "parse_mode": "HTML"})
            headers = {"Content-Type": "application/json"}
            async with session.post(f"{address}/bot{TOKEN}/sendMessage", data=body, headers=headers) as answer:
                return orjson.loads(await answer.read())

        yield send_to


@asynccontextmanager
async def _ptb(address: str, at_once: int, _rate: float) -> AsyncIterator[Send]:
    from telegram import Bot
    from telegram.request import HTTPXRequest

    async with Bot(TOKEN, base_url=f"{address}/bot", request=HTTPXRequest(at_once, pool_timeout=60)) as bot:
        yield lambda chat: bot.send_message(chat, WORDS.text, parse_mode="HTML")


@asynccontextmanager
async def _ptb_limited(address: str, at_once: int, rate: float) -> AsyncIterator[Send]:
    from telegram.ext import AIORateLimiter, ExtBot
    from telegram.request import HTTPXRequest

    limiter = AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=3)
    request = HTTPXRequest(at_once, pool_timeout=60)
    async with ExtBot(TOKEN, base_url=f"{address}/bot", request=request, rate_limiter=limiter) as bot:
        yield lambda chat: bot.send_message(chat, WORDS.text, parse_mode="HTML")


@asynccontextmanager
async def _aiogram(address: str, at_once: int, _rate: float) -> AsyncIterator[Send]:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    api = TelegramAPIServer.from_base(address)
    session = AiohttpSession(api=api, limit=at_once, json_loads=orjson.loads, json_dumps=_json)
    async with Bot(TOKEN, session=session) as bot:
        yield lambda chat: bot.send_message(chat, WORDS.text, parse_mode="HTML")


@asynccontextmanager
async def _aiogram_limited(address: str, at_once: int, rate: float) -> AsyncIterator[Send]:
    from aiolimiter import AsyncLimiter

    limiter = AsyncLimiter(rate, 1)
    async with _aiogram(address, at_once, rate) as send_to:

        async def send_in_time(chat: int) -> None:
            async with limiter:
                await send_to(chat)

        yield send_in_time


@asynccontextmanager
async def _pywa(address: str, at_once: int, _rate: float) -> AsyncIterator[Send]:
    from pywa_async import WhatsApp
    from pywa_async.types import URLButton

    async with _pywa_at(at_once) as session:
        client = WhatsApp(NUMBER, "EAAG-of-the-fake", session=session)
        session.base_url = f"{address}/v26.0"
        button = URLButton("Pilih pelatihan", "https://www.prakerja.go.id")
        yield lambda chat: client.send_message(str(WHATSAPP_FIRST + chat), WORDS.text, buttons=button)


@asynccontextmanager
async def _pywa_template(address: str, at_once: int, _rate: float) -> AsyncIterator[Send]:
    from pywa_async import WhatsApp
    from pywa_async.types.templates import BodyText, TemplateLanguage

    async with _pywa_at(at_once) as session:
        client = WhatsApp(NUMBER, "EAAG-of-the-fake", session=session)
        session.base_url = f"{address}/v26.0"
        body = [BodyText.params(WORDS.text)]
        name, language = "sobat_announcement_12h", TemplateLanguage.INDONESIAN
        yield lambda chat: client.send_template(str(WHATSAPP_FIRST + chat), name, language, body)


@asynccontextmanager
async def _pywa_limited(address: str, at_once: int, rate: float) -> AsyncIterator[Send]:
    from aiolimiter import AsyncLimiter

    limiter = AsyncLimiter(rate, 1)
    async with _pywa(address, at_once, rate) as send_to:

        async def send_in_time(chat: int) -> None:
            async with limiter:
                await send_to(chat)

        yield send_in_time


def _pywa_at(at_once: int) -> Any:
    import httpx

    return httpx.AsyncClient(limits=httpx.Limits(max_connections=at_once), timeout=60)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


LIMIT = Rival("raw aiohttp + orjson, the machine's limit", "aiohttp", _raw)
UNPACED = (Rival("python-telegram-bot", "telegram", _ptb), Rival("aiogram", "aiogram", _aiogram))
ON_WHATSAPP = (Rival("pywa", "pywa", _pywa), Rival("pywa, templates", "pywa", _pywa_template))
PACED_ON_WHATSAPP = (Rival("pywa + aiolimiter", "pywa aiolimiter", _pywa_limited),)
PACED = (
    Rival("python-telegram-bot + AIORateLimiter", "telegram aiolimiter", _ptb_limited),
    Rival("aiogram + aiolimiter", "aiogram aiolimiter", _aiogram_limited),
)
