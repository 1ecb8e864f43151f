"""The whole bot on Telegram: real polling, real store, the strict server on the other side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from bot.app.settings import Settings
from bot.app.telegram import telegram_service
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.demo.timeline import Timeline
from bot.inbound.dispatcher import InboundDispatcher
from programme.model.clock import SetClock
from tests.fakes.bot_api import FakeBotApi

MONDAY = datetime.fromisoformat("2021-10-18T09:00:00+07:00")


@dataclass
class WholeBot:
    app: App
    clock: SetClock
    desk: InboundDispatcher

    async def until(self, moment: str) -> None:
        """Move the clock; what is still being sent is settled first, or its lease would be over all of a sudden."""
        async with asyncio.timeout(30):
            while self.desk.waiting:  # noqa: ASYNC110 - no event tells of it
                await asyncio.sleep(0.01)
        await Timeline(self.clock, self.app.jobs).advance(datetime.fromisoformat(moment))


@asynccontextmanager
async def whole_bot(api: FakeBotApi, database: str) -> AsyncIterator[WholeBot]:
    clock = SetClock(MONDAY)
    settings = Settings(telegram_token=api.token, telegram_base_url=api.base_url)
    stop = asyncio.Event()
    async with telegram_service(settings, ButtonSigner(b"key"), clock) as telegram:
        channels = {"telegram": telegram.channel}
        async with (
            build_app(database=database, clock=clock, channels=channels, key=b"key") as app,
            asyncio.TaskGroup() as tasks,
        ):
            desk = InboundDispatcher(app.inbox_processor, tasks)
            await desk.catch_up()
            tasks.create_task(telegram.listen(desk, FastAPI(), stop))
            yield WholeBot(app, clock, desk)
            stop.set()


@pytest.fixture
async def bot(api: FakeBotApi, sqlite_url: str) -> AsyncIterator[WholeBot]:
    async with whole_bot(api, sqlite_url) as opened:
        yield opened


async def test_somebody_in_makassar_goes_through_the_start_by_a_deep_link(api: FakeBotApi, bot: WholeBot) -> None:
    """Wave by the link, town by name; the deadline on both clocks; questions replace each other."""
    ani = api.user(7, language="id")
    await ani.says("/start g21")
    await ani.hears("Gelombang 21")
    await ani.hears("zona waktu")
    await ani.says("makassar")
    await ani.hears("00.59 WITA")
    assert "23.59 WIB" in " ".join(message.text for message in ani.messages)


async def test_reminders_arrive_with_picture_and_stop_when_bought(api: FakeBotApi, bot: WholeBot) -> None:
    """H-1 carries the picture; after *Sudah beli* nothing more comes but the one question whether it shows."""
    ani = api.user(8, language="id")
    await ani.says("/start g21")
    await ani.hears("Gelombang 21")
    await ani.hears("zona waktu")
    await ani.presses("WIB")
    await ani.hears("23.59 WIB")
    await bot.until("2021-10-20T09:30:00+07:00")
    assert [message for message in ani.messages if message.photo]
    await ani.says("udah beli kemarin di tokped")
    await ani.hears("Tokopedia")
    count = len(ani.messages)
    await bot.until("2021-10-21T23:00:00+07:00")
    assert [message.text for message in ani.messages[count:] if "Sudah tampil di dashboard" not in message.text] == []


async def test_a_forged_or_old_button_gets_a_helpful_answer(api: FakeBotApi, bot: WholeBot) -> None:
    """Callback data that nobody signed does nothing but say so."""
    ani = api.user(9, language="id")
    await ani.says("menu")
    await ani.hears("Menu")
    await ani.forges("oundo?milestone=bought")
    await ani.hears("tidak berlaku")


async def test_a_restart_in_mid_dialogue_is_not_noticed(api: FakeBotApi, tmp_path: Path) -> None:
    """The question is asked by one process and answered to another."""
    database = f"sqlite:///{tmp_path}/again.db"
    ani = api.user(10, language="id")
    async with whole_bot(api, database):
        await ani.says("udah beli pelatihan nih")
        await ani.hears("platform")
    async with whole_bot(api, database):
        await ani.says("tokped")
        await ani.hears("Tanggal berapa")


async def test_who_writes_in_english_is_answered_in_english_after_choosing_it(api: FakeBotApi, bot: WholeBot) -> None:
    """Telegram's language code decides for newcomers."""
    ben = api.user(11, language="en")
    await ben.says("/menu")
    message = await ben.hears("Sobat")
    assert message is not None
