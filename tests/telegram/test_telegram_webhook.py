"""Updates pushed by Telegram are believed only with the secret and acknowledged only once written down."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram.account import Account
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.telegram.webhook import HEADER, set_webhook, webhook_route
from programme.model.messages import Button, Incoming, Message, Open
from tests.fakes.bot_api import FakeBotApi
from tests.store.samples import away

SECRET = "a-secret-only-Telegram_knows"
UPDATE: dict[str, Any] = {
    "update_id": 9,
    "message": {
        "message_id": 1,
        "date": 1634522400,
        "chat": {"id": 71, "type": "private"},
        "from": {"id": 71, "is_bot": False, "first_name": "Siti"},
        "text": "halo",
    },
}


class Inbox(list[Incoming]):
    trouble = 0

    async def take(self, incoming: Incoming) -> None:
        if self.trouble:
            self.trouble -= 1
            raise away()
        self.append(incoming)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def web(reader: Reader, inbox: Inbox) -> Starlette:
    intake = Intake(reader, inbox.take, lambda _: "Chat pribadi ya")
    return Starlette(routes=[webhook_route(intake, SECRET)])


@pytest_asyncio.fixture
async def client(web: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="http://sobat", headers={HEADER: SECRET}) as opened:
        yield opened


async def test_an_update_with_the_secret_is_taken(client: httpx.AsyncClient, inbox: Inbox) -> None:
    assert (await client.post("/telegram", json=UPDATE)).status_code == 200
    assert [incoming.text for incoming in inbox] == ["halo"]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "rahasia-é"])
async def test_nobody_else_is_believed(client: httpx.AsyncClient, inbox: Inbox, secret: str) -> None:
    answer = await client.post("/telegram", json=UPDATE, headers=[(HEADER.encode(), secret.encode())])
    assert (answer.status_code, inbox) == (403, [])


async def test_no_acknowledgement_before_it_is_written_down(client: httpx.AsyncClient, inbox: Inbox) -> None:
    inbox.trouble = 1
    assert (await client.post("/telegram", json=UPDATE)).status_code == 503
    assert (await client.post("/telegram", json=UPDATE)).status_code == 200
    assert len(inbox) == 1


async def test_while_nothing_can_be_written_down_all_stays_with_telegram_and_the_log_has_one_line(
    client: httpx.AsyncClient, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    updates = [{**UPDATE, "update_id": number} for number in range(30)]
    inbox.trouble = len(updates)
    assert {(await client.post("/telegram", json=one)).status_code for one in updates} == {503}
    [line] = [record for record in caplog.records if record.name.startswith("bot.")]
    words = "the store can't be reached (AdminShutdown: terminating connection); updates that stay with Telegram: 1"
    assert line.getMessage() == words
    assert not line.exc_info
    assert {(await client.post("/telegram", json=one)).status_code for one in updates} == {200}
    assert len(inbox) == len(updates)


@pytest.mark.parametrize(
    ("body", "status"), [(b"x" * (1 << 21), 413), (b"not JSON", 400), (b"[]", 400), (b'{"update_id": "x"}', 400)]
)
async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, body: bytes, status: int) -> None:
    assert (await client.post("/telegram", content=body)).status_code == status


async def test_an_update_nobody_can_read_is_not_sent_for_ever(client: httpx.AsyncClient, inbox: Inbox) -> None:
    assert (await client.post("/telegram", json={"update_id": 9, "message": 5})).status_code == 200
    assert inbox == []


@pytest.mark.parametrize("secret", ["", "short", "with a blank in it ..."])
def test_a_weak_secret_is_refused_at_the_start(reader: Reader, inbox: Inbox, secret: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        webhook_route(Intake(reader, inbox.take, lambda _: ""), secret)


async def test_from_the_press_to_the_answer_through_a_real_server(
    api: FakeBotApi, account: Account, channel: TelegramChannel, web: Starlette, inbox: Inbox
) -> None:
    """The spinning button is stopped by the body of the acknowledgement: no further request is needed."""
    siti = api.user(71)
    await channel.send("71", Message("Halo", ((Button("Menu", Open("menu")),),)))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(web, log_level="error", lifespan="off"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve(sockets=[listener]))
        await set_webhook(account, f"http://127.0.0.1:{listener.getsockname()[1]}/telegram", SECRET)
        press = await siti.presses("Menu")
        inbox.trouble = 1
        await siti.sees_answered(press)
        server.should_exit = True
        await api.goes_away()
    assert [incoming.action for incoming in inbox] == [Open("menu", {})]
    assert api.called("answerCallbackQuery")[0]["callback_query_id"] == press
