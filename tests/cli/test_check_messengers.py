"""`sobat check` asks both messengers: may the bot do there what it is meant to, and does what people write arrive?"""

from __future__ import annotations

import pytest
from rich.console import Console

from bot.cli.check_messengers import telegram_troubles, telegram_webhook_troubles, whatsapp_troubles
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.bot_api_state import Chat
from tests.fakes.graph import FakeGraph

GROUP = -100700
QUIET = Console(quiet=True)


def _set(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


async def _about_the_group(api: FakeBotApi, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    _set(monkeypatch, TELEGRAM_TOKEN=api.token, TELEGRAM_BASE_URL=api.base_url, TELEGRAM_STAFF_GROUP=str(GROUP))
    return await telegram_troubles(QUIET)


async def test_a_staff_group_with_topics_and_rights_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeBotApi() as api:
        api.forum(GROUP)
        assert await _about_the_group(api, monkeypatch) == []


@pytest.mark.parametrize(
    ("chat", "told"),
    [
        (None, "is not known to the bot"),
        (Chat(GROUP, kind="supergroup"), "has no topics"),
        (Chat(GROUP, kind="supergroup", forum=True, rights=False), "does not let the bot manage topics"),
    ],
)
async def test_what_a_staff_group_lacks_is_told_with_what_to_do(
    chat: Chat | None, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeBotApi() as api:
        if chat is not None:
            api.state.chats[str(GROUP)] = chat
        [trouble] = await _about_the_group(api, monkeypatch)
    assert told in trouble


async def test_updates_that_go_elsewhere_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeBotApi() as api:
        _set(monkeypatch, TELEGRAM_TOKEN=api.token, TELEGRAM_BASE_URL=api.base_url)
        assert await telegram_webhook_troubles(QUIET) == []
        api.state.webhook = {"url": "https://elsewhere.example/telegram"}
        assert "not ours" in (await telegram_webhook_troubles(QUIET))[0]
        _set(monkeypatch, TELEGRAM_WEBHOOK_URL="https://elsewhere.example/", TELEGRAM_WEBHOOK_SECRET="s" * 20)
        assert await telegram_webhook_troubles(QUIET) == []
        api.state.webhook = {}
        assert "nowhere" in (await telegram_webhook_troubles(QUIET))[0]


async def test_an_account_to_which_no_app_is_subscribed_hears_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    async with FakeGraph() as graph:
        account = graph.state.account
        _set(monkeypatch, WHATSAPP_TOKEN=graph.token, WHATSAPP_BASE_URL=f"{graph.base_url}/v26.0")
        _set(monkeypatch, WHATSAPP_PHONE_NUMBER_ID=account.number_id, WHATSAPP_ACCOUNT_ID=account.id)
        _set(monkeypatch, WHATSAPP_APP_SECRET="a" * 32, WHATSAPP_VERIFY_TOKEN="word", SOBAT_SECRET="dm8Qp2-xYb7_Kc4Tn1")
        assert await whatsapp_troubles(QUIET) == []
        account.subscribed = False
        [trouble] = await whatsapp_troubles(QUIET)
    assert "no app is subscribed" in trouble
