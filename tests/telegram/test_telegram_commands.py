"""The bot's face in Telegram: its menu and its words, in each language."""

from __future__ import annotations

from bot.channels.telegram.account import Account
from bot.channels.telegram.commands import Profile, start
from tests.fakes.bot_api import FakeBotApi

PROFILES = {
    "id": Profile(commands={"batas": "Batas beli"}, description="Halo, aku Sobat.", about="Pengingat Prakerja"),
    "en": Profile(commands={"batas": "Deadline"}, description="Hi, I am Sobat.", about="Prakerja reminders"),
}


async def test_each_language_sees_its_own_and_others_the_default(api: FakeBotApi, account: Account) -> None:
    await start(account, PROFILES)
    for code, words in (("", "Batas beli"), ("id", "Batas beli"), ("en", "Deadline")):
        assert api.state.faces["commandsall_private_chats", code] == [{"command": "batas", "description": words}]
    assert api.state.faces["description", "en"] == "Hi, I am Sobat."
    assert api.state.faces["short_description", ""] == "Pengingat Prakerja"


async def test_a_second_start_changes_nothing(api: FakeBotApi, account: Account) -> None:
    await start(account, PROFILES)
    api.calls.clear()
    await start(account, PROFILES)
    assert not [method for method, _ in api.calls if method.startswith("set")]


async def test_a_changed_word_is_brought_in(api: FakeBotApi, account: Account) -> None:
    await start(account, PROFILES)
    profile = Profile(commands={"batas": "Kapan?", "menu": "Menu"}, description="Halo!", about="Sobat")
    await start(account, {**PROFILES, "id": profile})
    assert [command["command"] for command in api.state.faces["commandsall_private_chats", ""]] == ["batas", "menu"]
    assert api.state.faces["description", "id"] == "Halo!"
