"""Updates fetched by long polling reach the app once each, whatever happens on the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.channels.channel import Misconfigured
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import poll
from bot.channels.telegram.receiving import ALLOWED, Reader
from bot.channels.telegram.sending import TelegramChannel
from programme.model.messages import Button, Incoming, Message, Open
from tests.fakes.bot_api import FakeBotApi
from tests.store.samples import away


class Inbox:
    """What was taken in; `trouble` is raised by the next takes."""

    def __init__(self) -> None:
        self.rows: dict[str, Incoming] = {}
        self.trouble: list[Exception] = []
        self._more = asyncio.Event()

    async def take(self, incoming: Incoming) -> None:
        if self.trouble:
            raise self.trouble.pop()
        assert incoming.id not in self.rows, "acknowledged, yet fetched again"
        self.rows[incoming.id] = incoming
        self._more.set()

    async def holds(self, count: int) -> list[str]:
        async with asyncio.timeout(30):
            while len(self.rows) < count:
                self._more.clear()
                await self._more.wait()
        return [row.text for row in self.rows.values()]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def intake(reader: Reader, inbox: Inbox) -> Intake:
    return Intake(reader, inbox.take, lambda _: "Chat pribadi ya")


@asynccontextmanager
async def polling(account: Account, intake: Intake) -> AsyncIterator[None]:
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(poll(account, intake, stop, wait=5, patience=0.01))
        yield
        stop.set()


async def until(holds: Callable[[], bool], nudge: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await nudge()


async def test_what_is_said_arrives_in_order(api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox) -> None:
    siti = api.user(71)
    await siti.says("satu")
    await siti.says("dua")
    async with polling(account, intake):
        await inbox.holds(2)
        await siti.says("tiga")
        assert await inbox.holds(3) == ["satu", "dua", "tiga"]


async def test_only_what_the_bot_reads_is_asked_for(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox
) -> None:
    siti = api.user(71)
    async with polling(account, intake):
        await siti.says("halo")
        await inbox.holds(1)
    assert api.called("getUpdates")[0]["allowed_updates"] == list(ALLOWED)
    api.state.tell("message_reaction", {})
    assert not any("message_reaction" in update for update in api.state.updates)
    await siti.edits("halo juga")
    assert "edited_message" in api.state.updates[-1]


async def test_nothing_is_acknowledged_before_it_is_written_down(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    siti = api.user(71)
    for text in ("satu", "dua", "tiga"):
        await siti.says(text)
    inbox.trouble = [away(), away()]
    async with polling(account, intake):
        assert await inbox.holds(3) == ["satu", "dua", "tiga"]
    [line] = [record for record in caplog.records if "the store can't be reached" in record.getMessage()]
    assert not line.exc_info


async def test_a_mistake_of_ours_is_told_in_full_and_the_update_fetched_again(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    await api.user(71).says("satu")
    inbox.trouble = [FileNotFoundError("wave.png")]
    async with polling(account, intake):
        assert await inbox.holds(1) == ["satu"]
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == ["wave.png"]


async def test_a_pressed_button_stops_spinning(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox, channel: TelegramChannel
) -> None:
    siti = api.user(71)
    await channel.send("71", Message("Halo", ((Button("Menu", Open("menu")),),)))
    async with polling(account, intake):
        press = await siti.presses("Menu")
        await inbox.holds(1)
    assert api.state.presses[press]


async def test_a_press_too_old_to_answer_does_no_harm(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox
) -> None:
    siti = api.user(71)
    press = await siti.forges("old")
    api.state.presses[press] = True
    async with polling(account, intake):
        await inbox.holds(1)
        await siti.says("halo")
        await inbox.holds(2)


async def test_a_group_learns_where_to_write(api: FakeBotApi, account: Account, intake: Intake) -> None:
    group = api.group()
    async with polling(account, intake):
        await group.says("@SobatPrakerjaBot halo")
        await group.hears("Chat pribadi ya")


async def test_trouble_on_the_way_is_outlived(api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox) -> None:
    siti = api.user(71)
    api.next("getUpdates", status=502, body=b"<html>")
    api.next("getUpdates", cuts=True)
    api.next("getUpdates", body=b"not JSON")
    api.next("deleteWebhook", status=500)
    async with polling(account, intake):
        await siti.says("satu")
        await inbox.holds(1)
        await api.goes_away()
        await siti.says("dua")
        await api.comes_back()
        assert await inbox.holds(2) == ["satu", "dua"]


async def test_an_update_nobody_can_read_is_passed_over(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    number = api.state.tell("message", {"message_id": "?"})
    async with polling(account, intake):
        await api.user(71).says("halo")
        assert await inbox.holds(1) == ["halo"]
    assert f"update {number} can't be read" in caplog.text


async def test_a_second_process_on_the_same_token_is_named(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with polling(account, intake), open_account(api.token, api.base_url) as other:
        await until(lambda: "Another process" in caplog.text, lambda: other.fetch(0, 0, ALLOWED))
        await api.user(71).says("halo")
        await inbox.holds(1)


async def test_a_webhook_set_meanwhile_is_taken_down(
    api: FakeBotApi, account: Account, intake: Intake, inbox: Inbox
) -> None:
    siti = api.user(71)
    async with polling(account, intake):
        await siti.says("satu")
        await inbox.holds(1)
        api.state.webhook = {"url": "https://elsewhere.example"}
        await siti.says("dua")
        await inbox.holds(2)


async def test_a_refused_token_is_for_the_operator(api: FakeBotApi, account: Account, intake: Intake) -> None:
    api.token = "1:revoked"
    account.standing.final_after = 0.05
    with pytest.raises(Misconfigured, match="TELEGRAM_TOKEN"):
        await poll(account, intake, asyncio.Event(), patience=0.01)


async def test_stopping_does_not_wait_for_the_long_poll(api: FakeBotApi, account: Account, intake: Intake) -> None:
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(30):
        await poll(account, intake, stop, wait=60)
