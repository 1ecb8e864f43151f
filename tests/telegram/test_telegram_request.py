"""PTB works over our own way to the network as it does over its own."""

from __future__ import annotations

import pytest
from telegram import InputMediaPhoto
from telegram.error import BadRequest, NetworkError

from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.answers import NotSent
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.wire import Wire
from programme.model.messages import Picture
from tests.fakes.bot_api import FakeBotApi


async def test_ptbs_own_methods_work_with_files_and_parsed_answers(
    api: FakeBotApi, account: Account, picture: Picture
) -> None:
    siti = api.user(71)
    sent = await account.send_photo(71, picture.data, caption="Halo")
    assert (sent.caption, siti.last.photo) == ("Halo", picture.data)
    edited = await account.edit_message_media(InputMediaPhoto(picture.data, "Lagi"), 71, sent.message_id)
    assert (getattr(edited, "caption", None), siti.last.edits) == ("Lagi", 1)


async def test_opening_and_closing_twice_changes_nothing(api: FakeBotApi) -> None:
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    assert b"Sobat" in await request.retrieve(f"{api.base_url}/bot{api.token}/getMe")
    await request.shutdown()
    await request.shutdown()


async def test_before_it_is_opened_nothing_is_sent() -> None:
    with pytest.raises(NetworkError, match="not initialized"):
        await AiohttpRequest().retrieve("http://127.0.0.1:1/")


async def test_a_malformed_server_address_is_told_without_the_token(api: FakeBotApi) -> None:
    with pytest.raises(NotSent) as failed:
        async with open_account(api.token, "nonsense"):
            pass
    assert api.token not in str(failed.value)


async def test_the_server_may_be_given_with_or_without_bot_at_its_end(api: FakeBotApi) -> None:
    for server in (api.base_url, f"{api.base_url}/", f"{api.base_url}/bot"):
        async with open_account(api.token, server) as account:
            assert account.username == "SobatPrakerjaBot"


async def test_what_is_no_json_is_refused_before_it_leaves(account: Account) -> None:
    with pytest.raises(BadRequest):
        await account.call("sendMessage", chat_id=71, text="\ud83d")


async def test_connections_opened_ahead_are_opened_once_and_never_too_many(api: FakeBotApi) -> None:
    wire = Wire(f"{api.base_url}/bot", 10)
    try:
        for wanted, there in ((4, 4), (4, 4), (99, 10)):
            await wire.warm(wanted)
            assert len(wire._all) == there
    finally:
        wire.close()
