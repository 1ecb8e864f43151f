"""Whatever Telegram answers at the start and in between, the bot goes on; only a token refused for good ends it."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from fastapi import FastAPI

from bot.app.settings import Settings
from bot.app.telegram import TelegramService, telegram_service
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Ambiguous, Gone, Misconfigured, Transient, Unreachable
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.telegram.standing import Standing
from bot.inbound.dispatcher import InboundDispatcher
from programme.model.clock import SystemClock
from programme.model.messages import Incoming, Message
from tests.fakes.bot_api import FakeBotApi

TROUBLES: dict[str, dict[str, Any]] = {
    "400": {"status": 400, "description": "Bad Request: bad webhook: Failed to resolve host"},
    "401": {"status": 401, "description": "Unauthorized"},
    "403": {"status": 403, "description": "Forbidden"},
    "404": {"status": 404, "description": "Not Found"},
    "409": {"status": 409, "description": "Conflict: can't use getUpdates"},
    "413": {"status": 413, "body": b"<html>nginx</html>"},
    "420": {"status": 420, "description": "FLOOD_WAIT"},
    "429 of a gateway": {"status": 429, "body": b"slow down"},
    "429": {"status": 429, "description": "Too Many Requests: retry after 1", "retry_after": 1},
    "500": {"status": 500},
    "502 in HTML": {"status": 502, "body": b"<html>"},
    "401 in HTML": {"status": 401, "body": b"<html>captive portal</html>"},
    "a page": {"status": 200, "body": b"<html>Log in to this Wi-Fi</html>"},
    "half an answer": {"status": 200, "body": b'{"ok":true,"resu'},
    "an answer without a result": {"status": 200, "body": b'{"ok":true}'},
    "a list": {"status": 500, "body": b"[1]"},
    "odd parameters": {"status": 400, "body": b'{"ok":false,"parameters":[],"description":7}'},
    "cut off": {"cuts": True},
}
ONES = ("getMe", "deleteWebhook", "setWebhook", "getUpdates", "getMyCommands", "setMyCommands", "getMyDescription")
SECRET = "s" * 20


@dataclass
class Desk:
    """Takes down what is said."""

    heard: list[str] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    side_by_side: int = 1

    async def take(self, incoming: Incoming) -> None:
        self.heard.append(incoming.text)
        self.more.set()

    async def safe(self) -> None:
        return


async def until(true: Callable[[], bool]) -> None:
    """Wait for what nobody tells."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


@asynccontextmanager
async def listening(api: FakeBotApi, **settings: str) -> AsyncIterator[tuple[TelegramService, Desk]]:
    chosen = Settings(telegram_token=api.token, telegram_base_url=api.base_url, **settings)  # type: ignore[arg-type]
    stop, desk = asyncio.Event(), Desk()
    async with telegram_service(chosen, ButtonSigner(b"key"), SystemClock()) as telegram, asyncio.TaskGroup() as tasks:
        telegram.patience = telegram.look_every = 0.01
        task = tasks.create_task(telegram.listen(cast(InboundDispatcher, desk), FastAPI(), stop))
        async with asyncio.timeout(30):
            yield telegram, desk
        stop.set()
        task.cancel()


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_trouble_in_every_call_of_the_start_is_outlived(api: FakeBotApi, trouble: dict[str, Any]) -> None:
    for method in ONES if "retry_after" not in trouble else ("getUpdates",):  # a second each is enough
        api.next(method, **trouble)
    await api.user(71).says("halo")
    async with listening(api) as (_, desk):
        await desk.more.wait()
        assert desk.heard == ["halo"]


@pytest.mark.parametrize("trouble", ["400", "401", "420", "500", "cut off", "half an answer"])
async def test_a_webhook_that_is_not_taken_is_set_again(api: FakeBotApi, trouble: str) -> None:
    """A name that can't be resolved yet is a 400, too."""
    api.next("setWebhook", **TROUBLES[trouble])
    url = {"telegram_webhook_url": "https://sobat.example", "telegram_webhook_secret": SECRET}
    async with listening(api, **url) as (telegram, _):
        while not telegram.webhook_set:
            assert telegram.wrong or not telegram.webhook_set
            await asyncio.sleep(0.01)
        assert api.state.webhook is not None
        assert telegram.wrong == []


@pytest.mark.parametrize("found", ["", "https://elsewhere.example/telegram"])
async def test_a_webhook_that_went_later_is_set_again_with_one_line(
    api: FakeBotApi, found: str, caplog: pytest.LogCaptureFixture
) -> None:
    """As after somebody tried the token in a script; a server in trouble meanwhile is no reason to end."""
    url = {"telegram_webhook_url": "https://sobat.example", "telegram_webhook_secret": SECRET}
    async with listening(api, **url) as (telegram, _):
        await until(lambda: telegram.webhook_set)
        api.next("getWebhookInfo", **TROUBLES["500"])
        api.state.webhook = {"url": found} if found else {}
        await until(lambda: api.state.webhook.get("url") == "https://sobat.example/telegram")
        assert api.state.webhook["secret_token"] == SECRET
        asked = len(api.called("getWebhookInfo"))
        await until(lambda: len(api.called("getWebhookInfo")) >= asked + 2)
    lines = [record.getMessage() for record in caplog.records if "set again" in record.getMessage()]
    assert lines == [f"the webhook was {'set to another address' if found else 'gone'}: it is set again"]


async def test_a_token_revoked_behind_a_webhook_ends_the_bot_as_with_polling(api: FakeBotApi) -> None:
    url = {"telegram_webhook_url": "https://sobat.example", "telegram_webhook_secret": SECRET}

    async def serve() -> None:
        async with listening(api, **url) as (telegram, _):
            telegram.account.standing.final_after = 0.05
            await until(lambda: telegram.webhook_set)
            api.from_now_on(status=401, description="Unauthorized")
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as ended:
        await serve()
    assert ended.group_contains(Misconfigured, match="@BotFather")


async def test_telegram_away_at_the_start_is_waited_for_and_said(api: FakeBotApi) -> None:
    await api.user(71).says("halo")
    await api.goes_away()
    async with listening(api) as (telegram, desk):
        await asyncio.sleep(0.05)
        assert "not reached yet" in telegram.wrong[0]
        await api.comes_back()
        await desk.more.wait()
        assert telegram.username == "SobatPrakerjaBot"
        assert telegram.wrong == []


@pytest.mark.parametrize("status", [401, 404])
async def test_one_refusal_of_a_poll_proves_nothing(
    api: FakeBotApi, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """getMe knows better."""
    caplog.set_level(logging.WARNING)
    api.next("getUpdates", times=3, status=status, description="Unauthorized")
    await api.user(71).says("halo")
    async with listening(api) as (telegram, desk):
        await desk.more.wait()
        assert telegram.account.standing.refused_since is None
    assert "TELEGRAM_TOKEN" not in caplog.text


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_refused_for_good_ends_the_bot_with_a_sentence(api: FakeBotApi, status: int) -> None:
    api.from_now_on(status=status, description="Unauthorized")

    async def serve() -> None:
        async with listening(api) as (telegram, _):
            telegram.account.standing.final_after = 0.05
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as ended:
        await serve()
    assert ended.group_contains(Misconfigured, match="@BotFather")
    assert api.token not in str(ended.value.exceptions)


async def test_a_refusal_is_final_after_two_minutes_and_not_before() -> None:
    """Two minutes of nothing but refusals; one answer in between begins them anew."""
    now, answers = 0.0, [False, False, True, False, False]

    async def ask() -> None:
        if not answers.pop(0):
            from telegram.error import InvalidToken

            raise InvalidToken

    standing = Standing(ask, monotonic=lambda: now)
    finals = []
    for now in (0.0, 100.0, 120.0, 200.0, 320.0):  # noqa: B007 - the clock reads it
        await standing.is_refused()
        finals.append(standing.is_final)
    assert finals == [False, False, False, False, True]


@pytest.mark.parametrize("status", [401, 404, 409])
async def test_a_refused_send_concerns_that_message_alone(
    api: FakeBotApi, channel: TelegramChannel, status: int
) -> None:
    """The account is asked about; others are sent to meanwhile."""
    siti = api.user(71)
    api.next("sendMessage", status=status, description="Not Found")
    with pytest.raises(Transient):
        await channel.send("71", Message("satu"))
    await channel.send("71", Message("dua"))
    assert [message.text for message in siti.messages] == ["dua"]


async def test_many_refused_at_once_ask_once(api: FakeBotApi, channel: TelegramChannel) -> None:
    """A token that was revoked in the middle of a wave does not ask getMe a thousand times."""
    for number in range(100, 150):
        api.user(number)
    api.token = "1:revoked"
    api.calls.clear()
    sent = await asyncio.gather(*(channel.send(str(n), Message("x")) for n in range(100, 150)), return_exceptions=True)
    assert {type(each) for each in sent} == {Misconfigured}
    assert api.served <= 52


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
async def test_a_gateways_page_says_nothing_about_a_person_or_the_account(
    api: FakeBotApi, channel: TelegramChannel, status: int
) -> None:
    """A firewall's 403 must not make a whole wave unreachable."""
    api.user(71)
    api.next("sendMessage", status=status, body=b"<html>Forbidden</html>")
    with pytest.raises(Transient) as failed:
        await channel.send("71", Message("Halo"))
    assert not isinstance(failed.value, Gone)


@pytest.mark.parametrize("address", ["http://nosuch.invalid", "https://127.0.0.1:{port}", "http://127.0.0.1:{free}"])
async def test_what_never_left_costs_no_attempt(api: FakeBotApi, signer: ButtonSigner, address: str) -> None:
    """No name, no TLS, nobody there."""
    port = api.base_url.rpartition(":")[2]
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = address.format(port=port, free=unused.getsockname()[1])
        account = open_account(api.token, url, connect_timeout=2)
        await account.open()
        try:
            with pytest.raises(Unreachable):
                await TelegramChannel(account, signer).send("71", Message("Halo"))
        finally:
            await account.shutdown()


async def test_an_answer_that_trickles_in_for_ever_is_given_up(api: FakeBotApi, signer: ButtonSigner) -> None:
    api.user(71)
    short = dict.fromkeys(("read_timeout", "write_timeout", "connect_timeout", "pool_timeout"), 0.3)
    async with open_account(api.token, api.base_url, **short) as account:
        api.next("sendMessage", trickles=True)
        with pytest.raises(Ambiguous, match="the answer was lost"):
            await TelegramChannel(account, signer).send("71", Message("Halo"))


async def test_an_upload_refused_by_status_is_named_alike(
    api: FakeBotApi, account: Account, channel: TelegramChannel
) -> None:
    """Uploads go another way through PTB, and mean the same."""
    from tests.telegram.conftest import drawn

    api.user(71)
    picture = Message("Halo", picture=drawn("navy"))
    for trouble in ({"status": 401, "description": "Unauthorized"}, {"status": 403, "body": b"<html>"}):
        api.next("sendPhoto", **trouble)
        with pytest.raises(Transient):
            await channel.send("71", picture)
    assert account.standing.refused_since is None
