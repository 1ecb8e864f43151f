"""The whole bot with a helpdesk: real polling, real store, the strict server on the other side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import FastAPI

from bot.app.settings import Settings
from bot.app.telegram import telegram_service
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.web.channel import WebChannel
from bot.inbound.dispatcher import InboundDispatcher
from bot.outbound.worker import deliver_due
from bot.rate_limit.group_policy import GroupRateLimiter
from programme.model.clock import SetClock
from programme.model.staff import Role, StaffMember
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.telegram_staff import FakeAgent, FakeForum

MONDAY = datetime.fromisoformat("2021-10-18T09:10:00+07:00")
GROUP = -100700


async def nobody_yet() -> int:
    return 0


@dataclass
class Desk:
    """The app, its clock, its staff group, and two agents at work: Budi and Sari, who is supervisor."""

    app: App
    clock: SetClock
    api: FakeBotApi
    forum: FakeForum
    web: WebChannel
    budi: FakeAgent
    sari: FakeAgent

    async def later(self, **time: float) -> None:
        """Let time pass, and look after everything then."""
        self.clock.set(self.clock.now() + timedelta(**time))
        await self.tick()

    async def tick(self) -> None:
        assert self.app.helpdesk is not None
        await self.app.helpdesk.tick()
        await deliver_due(self.app.sender)
        await self.app.helpdesk.topic_sync.refresh()

    async def hire(self, number: int, name: str, role: Role = Role.AGENT) -> FakeAgent:
        async with self.app.store.writing() as tx:
            member = StaffMember(channel="telegram", address=str(number), role=role, name=name)
            await tx.staff.put(member)
            await tx.agents.set(member.who, on_duty=True)
        return self.forum.member(number, name)


@asynccontextmanager
async def open_desk(api: FakeBotApi, database: str) -> AsyncIterator[Desk]:
    clock = SetClock(MONDAY)
    forum = api.forum(GROUP)
    settings = Settings(telegram_token=api.token, telegram_base_url=api.base_url, telegram_staff_group=str(GROUP))
    stop = asyncio.Event()
    web = WebChannel(clock)
    async with telegram_service(settings, ButtonSigner(b"key"), clock) as telegram:
        web.fetch = telegram.fetch
        channels = {"telegram": telegram.channel, "web": web}
        async with (
            build_app(
                database=database, clock=clock, channels=channels, key=b"key", staff_rooms=telegram.staff_rooms
            ) as app,
            asyncio.TaskGroup() as tasks,
        ):
            assert app.helpdesk is not None
            app.helpdesk.topic_sync.assign = nobody_yet  # tickets are given out by `tick`, when a story says so
            app.helpdesk.topic_sync.limiters = {str(GROUP): GroupRateLimiter(per_minute=10_000)}
            front = InboundDispatcher(app.inbox_processor, tasks)
            tasks.create_task(telegram.listen(front, FastAPI(), stop))
            tasks.create_task(app.helpdesk.topic_sync.run(stop, every=0.2))
            desk = Desk(app, clock, api, forum, web, None, None)  # type: ignore[arg-type]
            desk.budi = await desk.hire(501, "Budi")
            desk.sari = await desk.hire(502, "Sari", Role.SUPERVISOR)
            yield desk
            stop.set()
            app.helpdesk.topic_sync.wake()
