"""The whole bot on WhatsApp, alone or beside Telegram: its real service, a real store, the strict server outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import uvicorn
from fastapi import FastAPI

from bot.app.settings import Settings
from bot.app.telegram import telegram_service
from bot.app.whatsapp import WhatsAppService, whatsapp_service
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Channel
from bot.demo.timeline import Timeline
from bot.inbound.dispatcher import InboundDispatcher
from bot.rate_limit.group_policy import GroupRateLimiter
from programme.model.clock import SetClock
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import APP_SECRET, VERIFY_TOKEN, FakeGraph

MONDAY = datetime.fromisoformat("2021-10-18T09:00:00+07:00")


@dataclass
class WholeBot:
    """What is in use, and the moment, which moves by `until` alone."""

    app: App
    clock: SetClock
    desk: InboundDispatcher
    graph: FakeGraph
    service: WhatsAppService

    async def until(self, moment: str) -> None:
        """Move the clock of both sides; what happens meanwhile happens in its order."""
        await self.settled()
        await Timeline(self.clock, self.app.jobs).advance(datetime.fromisoformat(moment))
        await self.settled()

    async def settled(self) -> None:
        """Return once everything said was answered and every webhook taken."""
        async with asyncio.timeout(90):  # only so that a run ends
            await self.graph.hooks.settled()
            while self.desk.waiting:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)
            await self.graph.hooks.settled()


@asynccontextmanager
async def whole_bot(
    graph: FakeGraph,
    database: str,
    telegram_api: FakeBotApi | None = None,
    staff_group: int | None = None,
    tier: int | None = None,
) -> AsyncIterator[WholeBot]:
    """Serve until the block ends, with the fake's webhooks connected.

    With a `staff_group` there is a helpdesk; `tier` is how many people a day may be approached.
    """
    clock = graph.clock
    clock.set(MONDAY)
    settings = _settings(graph, telegram_api, staff_group, tier)
    signer, stop = ButtonSigner(b"key"), asyncio.Event()
    async with AsyncExitStack() as opened:
        service = await opened.enter_async_context(whatsapp_service(settings, signer, clock))
        channels: dict[str, Channel] = {"whatsapp": service.channel}
        telegram = None
        if telegram_api is not None:
            telegram = await opened.enter_async_context(telegram_service(settings, signer, clock))
            channels["telegram"] = telegram.channel
            service.media.fetch = telegram.fetch
        rooms = telegram.staff_rooms if telegram is not None else None
        built = build_app(database=database, clock=clock, channels=channels, key=b"key", staff_rooms=rooms)
        app = await opened.enter_async_context(built)
        service.join(app)
        tasks = await opened.enter_async_context(asyncio.TaskGroup())
        desk, web = InboundDispatcher(app.inbox_processor, tasks), FastAPI()
        listening = [tasks.create_task(service.listen(desk, web, stop))]
        if telegram is not None:
            listening.append(tasks.create_task(telegram.listen(desk, FastAPI(), stop)))
        if (helpdesk := app.helpdesk) is not None and rooms is not None:
            helpdesk.topic_sync.limiters = {room: GroupRateLimiter(per_minute=10_000) for room in rooms.rooms}
            tasks.create_task(helpdesk.topic_sync.run(stop, every=0.2))
        server = await _served(web, tasks)
        await graph.connect(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/whatsapp")
        while not service.reached:  # noqa: ASYNC110 - no event tells of it
            await asyncio.sleep(0.01)
        yield WholeBot(app, clock, desk, graph, service)
        await graph.hooks.close()
        stop.set()
        if helpdesk is not None:
            helpdesk.topic_sync.wake()
        server.should_exit = True


def _settings(graph: FakeGraph, telegram_api: FakeBotApi | None, staff_group: int | None, tier: int | None) -> Settings:
    telegram = (
        {"telegram_token": telegram_api.token, "telegram_base_url": telegram_api.base_url} if telegram_api else {}
    )
    return Settings(
        whatsapp_token=graph.token,
        whatsapp_phone_number_id=graph.account.number_id,
        whatsapp_account_id=graph.account.id,
        whatsapp_app_secret=APP_SECRET,
        whatsapp_verify_token=VERIFY_TOKEN,
        whatsapp_base_url=f"{graph.base_url}/v26.0",
        whatsapp_tier=tier,
        sobat_secret="0123456789abcdefghij",
        telegram_staff_group=str(staff_group) if staff_group is not None else None,
        **telegram,  # type: ignore[arg-type]
    )


async def _served(web: FastAPI, tasks: asyncio.TaskGroup) -> uvicorn.Server:
    server = uvicorn.Server(uvicorn.Config(web, port=0, log_level="warning", lifespan="off"))
    tasks.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.01)
    return server
