"""A broadcast or reminders that are owed to a whole wave, and a sender to carry them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.people import (
    JOINED,
    MONDAY,
    NUMBER,
    TELEGRAM,
    TOKEN,
    WHATSAPP_FIRST,
    Place,
    RunningClock,
    a_store,
    owe_reminders,
    plan,
    settle_people,
    states,
)
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.whatsapp.approach import Approach
from bot.channels.whatsapp.asking import Asking
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.sending import WhatsAppChannel
from bot.channels.whatsapp.template_book import TemplateBook
from bot.channels.whatsapp.templates import load_templates
from bot.channels.whatsapp.tier import UNLIMITED, Tier
from bot.outbound.sender import Sender
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from bot.store import Store
from programme.model.clock import Clock, SetClock
from programme.model.messages import Kind
from programme.model.templates import TemplateNews, TemplateState
from programme.programme import load_programme

LATENCY = 0.06
"""Seconds in which a messenger answers."""

_SIGNER = ButtonSigner(b"bench")


@dataclass(frozen=True)
class Way:
    """What is owed, a broadcast or reminders, and where the people are."""

    name: str
    where: Place
    kind: Kind = Kind.BROADCAST

    @property
    def channel(self) -> str:
        """The messenger."""
        return self.where.channel


_WITHIN = Place("whatsapp", WHATSAPP_FIRST, MONDAY - timedelta(hours=1))
_LATER = Place("whatsapp", WHATSAPP_FIRST, JOINED)
TO_TELEGRAM = Way("Telegram, a broadcast", TELEGRAM)
REMINDING_ON_TELEGRAM = Way("Telegram, reminders", TELEGRAM, Kind.REMINDER)
TO_WHATSAPP = (
    Way("WhatsApp, a broadcast within the day", _WITHIN),
    Way("WhatsApp, a broadcast as templates", _LATER),
)
REMINDING_ON_WHATSAPP = (
    Way("WhatsApp, reminders within the day", _WITHIN, Kind.REMINDER),
    Way("WhatsApp, reminders as templates", _LATER, Kind.REMINDER),
)


@asynccontextmanager
async def a_planned_wave(
    address: str, count: int, rate: float | None = None, way: Way = TO_TELEGRAM
) -> AsyncIterator[Sender]:
    """Owe it to `count` people in SQLite, through the server at `address`, at no more than `rate` a second."""
    clock: Clock = SetClock(MONDAY) if rate is None else RunningClock()
    async with AsyncExitStack() as opened:
        store = await opened.enter_async_context(a_store())
        store.clock = clock
        await settle_people(store, count, way.where)
        await (plan if way.kind is Kind.BROADCAST else owe_reminders)(store, count)
        channel = await _opened(opened, address, way, store, 200 if rate is None else 600)
        sender = Sender(store, clock, load_programme(), {way.channel: channel})
        if rate is not None:
            budget = SharedTokenBucket(store, f"{way.channel}/1", rate)
            await budget.open()
            sender.smoothers = {way.channel: RateSmoother(budget)}
            await channel.warm(round(rate * LATENCY * 1.5))
        yield sender
        assert (await states(store)).get("sent") == count, await states(store)


async def _opened(
    opened: AsyncExitStack, address: str, way: Way, store: Store, connections: int
) -> TelegramChannel | WhatsAppChannel:
    if way.channel == "telegram":
        account = await opened.enter_async_context(open_account(TOKEN, address, connections=connections))
        return TelegramChannel(account, _SIGNER)
    graph = await opened.enter_async_context(Graph(f"{address}/v26.0", "EAAG-of-the-fake", connections=connections))
    channel = WhatsAppChannel(graph, NUMBER, _SIGNER, clock=store.clock, media=Media(graph, NUMBER, store.clock))
    channel.approach = await _approach(store)
    return channel


async def _approach(store: Store) -> Approach:
    """Have every template approved, and as many people a day as there are."""
    async with store.writing() as tx:
        told = {"at": MONDAY, "state": TemplateState.APPROVED, "quality": "GREEN", "category": "UTILITY"}
        news = [TemplateNews(name=one.name, language=one.language, **told) for one in load_templates().all]
        await tx.templates.apply(news)
    book = TemplateBook(store)
    await book.refresh()
    return Approach(book, Tier(store, UNLIMITED), store.clock, Asking(store, store.clock))
