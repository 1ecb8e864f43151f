"""What goes wrong in sending is told by what it means: try again, wait, give up, or call the operator."""

from __future__ import annotations

import asyncio
import traceback
from typing import Any

import pytest

from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Ambiguous, Gone, Misconfigured, Refused, SendFailure, Throttled, Transient
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.sending import TelegramChannel
from programme.model.messages import Button, Message, Open, Picture
from tests.fakes.bot_api import FakeBotApi


async def test_who_blocked_the_bot_or_left_is_gone(api: FakeBotApi, channel: TelegramChannel) -> None:
    await api.user(71).blocks()
    api.user(72).is_deactivated()
    api.user(73, started=False)
    for address in ("71", "72", "73", "74"):
        with pytest.raises(Gone):
            await channel.send(address, Message("Halo"))


@pytest.mark.parametrize("text", ["<h1>Halo</h1>", "<b>Halo", "<b><i>Halo</b></i>", "</b>", " ", "<b></b>"])
async def test_what_telegram_never_takes_is_refused(api: FakeBotApi, channel: TelegramChannel, text: str) -> None:
    api.user(71)
    with pytest.raises(Refused):
        await channel.send("71", Message(text))


async def test_a_button_too_long_to_sign_is_refused(api: FakeBotApi, channel: TelegramChannel) -> None:
    api.user(71)
    with pytest.raises(Refused):
        await channel.send("71", Message("Halo", ((Button("x", Open("x" * 80)),),)))


async def test_a_character_that_no_text_may_hold_is_refused(api: FakeBotApi, channel: TelegramChannel) -> None:
    api.user(71)
    with pytest.raises(Refused):
        await channel.send("71", Message("half a pair \ud83d"))


async def test_a_limit_names_its_seconds(api: FakeBotApi, channel: TelegramChannel) -> None:
    api.user(71)
    api.next("sendMessage", status=429, description="Too Many Requests: retry after 17", retry_after=17)
    with pytest.raises(Throttled) as waits:
        await channel.send("71", Message("Halo"))
    assert waits.value.retry_after == 17


async def test_an_enforced_limit_is_felt(api: FakeBotApi, channel: TelegramChannel) -> None:
    api.user(71)
    api.limits.per_second = 2
    for _ in range(2):
        await channel.send("71", Message("Halo"))
    with pytest.raises(Throttled):
        await channel.send("71", Message("Halo"))


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_in_trouble_is_transient(api: FakeBotApi, channel: TelegramChannel, status: int) -> None:
    siti = api.user(71)
    api.next(status=status, body=b"<html>nginx</html>")
    with pytest.raises(Transient):
        await channel.send("71", Message("Halo"))
    assert siti.messages == []


async def test_a_server_that_is_not_there_is_transient(api: FakeBotApi, channel: TelegramChannel) -> None:
    siti = api.user(71)
    await channel.send("71", Message("satu"))
    await api.goes_away()
    with pytest.raises((Transient, Ambiguous)):  # its goodbye may still be on the way
        await channel.send("71", Message("dua"))
    with pytest.raises(Transient):
        await channel.send("71", Message("dua"))
    await api.comes_back()
    await channel.send("71", Message("tiga"))
    assert [seen.text for seen in siti.messages] == ["satu", "tiga"]


async def test_an_answer_lost_after_acceptance_is_ambiguous(api: FakeBotApi, channel: TelegramChannel) -> None:
    siti = api.user(71)
    api.next(accepted=True, cuts=True)
    with pytest.raises(Ambiguous):
        await channel.send("71", Message("Halo"))
    assert siti.last.text == "Halo"


async def test_an_answer_that_takes_too_long_is_ambiguous(api: FakeBotApi, signer: ButtonSigner) -> None:
    api.user(71)
    async with open_account(api.token, api.base_url, read_timeout=0.05) as hasty:
        api.next(hangs=True)
        with pytest.raises(Ambiguous):
            await TelegramChannel(hasty, signer).send("71", Message("Halo"))


@pytest.mark.parametrize("trouble", [{"status": 504}, {"body": b"not JSON"}, {"body": b"[]"}])
async def test_a_success_that_can_not_be_read_is_ambiguous(
    api: FakeBotApi, channel: TelegramChannel, trouble: dict[str, Any]
) -> None:
    api.user(71)
    api.next(**trouble)
    with pytest.raises(Ambiguous):
        await channel.send("71", Message("Halo"))


@pytest.mark.parametrize("trouble", [{"cuts": True}, {"status": 401, "description": "Unauthorized"}])
async def test_no_failure_shows_the_token(api: FakeBotApi, channel: TelegramChannel, trouble: dict[str, Any]) -> None:
    api.user(71)
    api.next(**trouble)
    with pytest.raises(SendFailure) as failed:
        await channel.send("71", Message("Halo"))
    assert api.token not in "".join(traceback.format_exception(failed.value))


async def test_no_free_connection_is_transient(api: FakeBotApi, signer: ButtonSigner) -> None:
    """Telegram has seen nothing of it, so trying again is safe."""
    siti = api.user(71)
    async with open_account(api.token, api.base_url, connections=1, pool_timeout=0.05, connect_timeout=0.3) as narrow:
        channel = TelegramChannel(narrow, signer)
        api.next("sendMessage", hangs=True)
        async with asyncio.TaskGroup() as tasks:
            stuck = tasks.create_task(channel.send("71", Message("satu")))
            await api.hung()
            with pytest.raises(Transient):
                await channel.send("71", Message("dua"))
            stuck.cancel()
    assert siti.messages == []


async def test_a_wrong_token_is_for_the_operator(api: FakeBotApi, account: Account, channel: TelegramChannel) -> None:
    api.user(71)
    api.token = "1:revoked"
    with pytest.raises(Misconfigured):
        await channel.send("71", Message("Halo"))


async def test_a_photo_too_large_is_refused(api: FakeBotApi, channel: TelegramChannel, picture: Picture) -> None:
    api.user(71)
    api.next(status=413, description="Request Entity Too Large")
    with pytest.raises(Refused):
        await channel.send("71", Message("Halo", picture=picture))


async def test_a_short_limit_between_parts_is_waited_out(
    api: FakeBotApi, channel: TelegramChannel, picture: Picture
) -> None:
    """The start is out already: giving up would show it twice."""
    siti = api.user(71)
    api.next("sendMessage", status=429, description="Too Many Requests", retry_after=1)
    await channel.send("71", Message("kata " * 300, picture=picture))
    assert len(siti.messages) == 2


async def test_a_failure_between_parts_is_ambiguous(
    api: FakeBotApi, channel: TelegramChannel, picture: Picture
) -> None:
    siti = api.user(71)
    api.next("sendMessage", status=500)
    with pytest.raises(Ambiguous):
        await channel.send("71", Message("kata " * 300, picture=picture))
    assert [seen.text for seen in siti.messages] == ["Sisa 3 hari"]


async def test_a_long_limit_between_parts_is_not_waited_out(
    api: FakeBotApi, channel: TelegramChannel, picture: Picture
) -> None:
    api.user(71)
    api.next("sendMessage", status=429, description="Too Many Requests", retry_after=60)
    with pytest.raises(Ambiguous):
        await channel.send("71", Message("kata " * 300, picture=picture))


async def test_an_edit_or_a_photo_that_telegram_never_takes_is_refused(
    api: FakeBotApi, channel: TelegramChannel, picture: Picture
) -> None:
    api.user(71)
    sent = await channel.send("71", Message("satu", picture=picture))
    with pytest.raises(Refused):
        await channel.send("71", Message("<u>dua", picture=picture), edits=sent)
    with pytest.raises(Refused):
        await channel.send("71", Message("<u>dua"), edits=sent)
