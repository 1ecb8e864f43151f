"""In a group the bot speaks only to who addresses it, and then only of where to write."""

from __future__ import annotations

import pytest
from telegram import Update

from bot.channels.telegram.courtesy import Courtesy, courtesy
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from programme.model.messages import Incoming
from tests.fakes.bot_api import FakeBotApi


def answer(api: FakeBotApi, reader: Reader) -> Courtesy | None:
    update = Update.de_json(api.state.updates[-1])
    assert reader.read(update) is None, "what is said in a group is not for the app"
    return courtesy(update, me=reader.me, username=reader.username, hint=lambda code: f"Chat pribadi ya ({code})")


@pytest.mark.parametrize("text", ["@SobatPrakerjaBot batasnya kapan?", "/batas@SobatPrakerjaBot"])
async def test_who_calls_it_by_name_learns_where_to_write(api: FakeBotApi, reader: Reader, text: str) -> None:
    await api.group().says(text)
    call = answer(api, reader)
    assert call is not None
    assert (call.method, call.parameters["chat_id"]) == ("sendMessage", -100500)
    assert call.parameters["text"] == "Chat pribadi ya (id)"


async def test_who_replies_to_it_too(api: FakeBotApi, reader: Reader) -> None:
    group = api.group()
    said = {"message_id": 3, "date": 0, "chat": group.chat.face(), "from": api.state.bot, "text": "Halo"}
    await group.says("kapan?", reply_to_message=said)
    assert answer(api, reader) is not None


async def test_who_mentions_it_by_a_link_too(api: FakeBotApi, reader: Reader) -> None:
    await api.group().says("Sobat?")
    named = {"type": "text_mention", "offset": 0, "length": 5, "user": api.state.bot}
    api.state.updates[-1]["message"]["entities"] = [named]
    assert answer(api, reader) is not None


async def test_who_writes_its_name_below_a_photo_too(api: FakeBotApi, reader: Reader) -> None:
    entities = [{"type": "mention", "offset": 0, "length": 17}]
    await api.group().says("", photo=[], caption="@SobatPrakerjaBot ini kenapa?", caption_entities=entities)
    assert answer(api, reader) is not None


@pytest.mark.parametrize("text", ["halo semua", "/batas", "/batas@BotLain", "@BotLainnya halo", "a@SobatPrakerjaBot"])
async def test_others_are_left_alone(api: FakeBotApi, reader: Reader, text: str) -> None:
    await api.group().says(text)
    assert answer(api, reader) is None


async def test_who_mentions_somebody_else_by_a_link_is_left_alone(api: FakeBotApi, reader: Reader) -> None:
    await api.group().says("Budi, https://www.prakerja.go.id")
    somebody = {"id": 5, "is_bot": False, "first_name": "Budi"}
    entities = [
        {"type": "text_mention", "offset": 0, "length": 4, "user": somebody},
        {"type": "url", "offset": 6, "length": 26},
    ]
    api.state.updates[-1]["message"]["entities"] = entities
    assert answer(api, reader) is None


async def test_other_bots_are_left_alone(api: FakeBotApi, reader: Reader) -> None:
    robot = {"id": 998, "is_bot": True, "first_name": "Robot"}
    await api.group().says("@SobatPrakerjaBot halo", **{"from": robot})
    assert answer(api, reader) is None


async def test_a_courtesy_that_fails_costs_nobody_a_message(api: FakeBotApi, reader: Reader) -> None:
    taken: list[Incoming] = []

    async def take(incoming: Incoming) -> None:
        taken.append(incoming)

    def broken(_: str | None) -> str:
        raise KeyError("no such word")

    intake = Intake(reader, take, broken)
    await api.group().says("@SobatPrakerjaBot halo")
    await api.user(71).says("halo")
    assert [await intake.admit(update) for update in api.state.updates] == [None, None]
    assert [incoming.text for incoming in taken] == ["halo"]
