"""The fake refuses what the real Bot API refuses, seen through PTB on its own network code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.telegram_html import CantParse, read


@pytest_asyncio.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest_asyncio.fixture
async def bot(api: FakeBotApi) -> AsyncIterator[Bot]:
    async with Bot(api.token, base_url=f"{api.base_url}/bot") as opened:
        yield opened


async def refused(call: Awaitable[Any], words: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await call
    assert words.lower() in str(refusal.value).lower()


def keys(**button: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Menu", **button)]])


async def test_tokens_and_methods_it_does_not_know(api: FakeBotApi, bot: Bot) -> None:
    for token in ("1:wrong", "malformed"):
        with pytest.raises(InvalidToken):
            await Bot(token, base_url=f"{api.base_url}/bot").initialize()
    with pytest.raises(InvalidToken):
        await bot.get_star_transactions()


async def test_lengths(api: FakeBotApi, bot: Bot) -> None:
    api.user(71)
    await bot.send_message(71, "😀" * 2048)
    await bot.send_message(71, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await refused(bot.send_message(71, "😀" * 2048 + "x"), "message is too long")
    await refused(bot.send_message(71, " \n "), "text is empty")
    await refused(bot.send_photo(71, b"\x89PNG", caption="x" * 1025), "caption is too long")


async def test_keys(api: FakeBotApi, bot: Bot) -> None:
    api.user(71)
    await bot.send_message(71, "x", reply_markup=keys(callback_data="é" * 32))
    for button, words in (
        ({"callback_data": "é" * 32 + "x"}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"url": "tel:+62811"}, "Unsupported URL protocol"),
        ({"url": "http://localhost/x"}, "Wrong HTTP URL"),
        ({}, "text buttons are unallowed"),
    ):
        await refused(bot.send_message(71, "x", reply_markup=keys(**button)), words)
    both = {"inline_keyboard": [], "remove_keyboard": True}
    await refused(bot.send_message(71, "x", api_kwargs={"reply_markup": both}), "exactly one kind")
    await refused(bot.send_message(71, "x", api_kwargs={"reply_markup": "{"}), "can't parse reply keyboard")
    await refused(bot.send_message(71, "x", api_kwargs={"reply_markup": "[]"}), "object expected")


async def test_edits(api: FakeBotApi, bot: Bot) -> None:
    siti = api.user(71)
    sent = await bot.send_message(71, "satu", reply_markup=keys(callback_data="a"))
    await refused(bot.edit_message_text("satu", 71, sent.id, reply_markup=keys(callback_data="a")), "not modified")
    await refused(bot.edit_message_text("satu", 71, 3), "message to edit not found")
    await refused(bot.edit_message_caption(71, sent.id, caption="x"), "no caption in the message")
    await bot.edit_message_reply_markup(71, sent.id, reply_markup=keys(callback_data="b"))
    await siti.presses("Menu")
    photo = await bot.send_photo(71, b"\x89PNG")
    await refused(bot.edit_message_text("x", 71, photo.id), "no text in the message")
    plain = await bot.send_message(71, "x", reply_markup=ReplyKeyboardRemove())
    await refused(bot.edit_message_text("y", 71, plain.id), "message can't be edited")


async def test_files(api: FakeBotApi, bot: Bot) -> None:
    api.user(71)
    sent = await bot.send_photo(71, b"\x89PNG")
    await bot.send_photo(71, sent.photo[-1].file_id)
    await refused(bot.send_photo(71, "AgACmadeup"), "wrong remote file identifier")
    await refused(bot.send_photo(71, b"no picture"), "IMAGE_PROCESS_FAILED")


async def test_people(api: FakeBotApi, bot: Bot) -> None:
    siti = api.user(71, started=False)
    await refused(bot.send_message(71, "x"), "chat not found")
    await siti.says("/start")
    await bot.send_message(71, "x")
    await siti.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(71, "x")
    await siti.unblocks()
    await bot.send_message(71, "x")


async def test_a_press_is_answered_once(api: FakeBotApi, bot: Bot) -> None:
    siti = api.user(71)
    await bot.send_message(71, "x", reply_markup=keys(callback_data="a"))
    press = await siti.presses("Menu")
    await bot.answer_callback_query(press)
    await refused(bot.answer_callback_query(press), "query is too old")
    await refused(bot.answer_callback_query("1"), "query is too old")
    with pytest.raises(AssertionError, match="no button"):
        await siti.presses("Unknown")


async def test_a_chat_takes_a_burst_and_then_one_a_second(api: FakeBotApi, bot: Bot) -> None:
    api.user(71)
    api.user(72)
    api.limits.per_chat = 1
    for _ in range(3):
        await bot.send_message(71, "x")
    await bot.send_message(71, "x")
    with pytest.raises(RetryAfter):
        await bot.send_message(71, "x")
    await bot.send_message(72, "x")


async def test_fetched_updates_stay_until_the_next_offset(api: FakeBotApi, bot: Bot) -> None:
    siti = api.user(71)
    await siti.says("satu")
    await siti.says("dua")
    _, second = await bot.get_updates()
    assert len(await bot.get_updates()) == 2
    assert await bot.get_updates(offset=second.update_id) == (second,)
    waiting = asyncio.ensure_future(bot.get_updates(offset=second.update_id + 1, timeout=5))
    await asyncio.sleep(0)
    await siti.says("tiga")
    [third] = await waiting
    assert third.message is not None
    assert third.message.text == "tiga"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("a <b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<br>", 'Unsupported start tag "br"'),
        ("1 < 2", 'Unsupported start tag ""'),
        ('<span class="x">x</span>', 'must have class "tg-spoiler"'),
        ("<b", "Unclosed start tag"),
    ],
)
def test_malformed_html(source: str, words: str) -> None:
    with pytest.raises(CantParse, match=words.replace("(", r"\(")):
        read(source, "HTML")


def test_html_as_it_is_seen() -> None:
    shown = read('<b>😀 Halo</b> &lt;&#33;&nbsp; & <a href="https://x.id?a=1&amp;b=2">x</a> ', "HTML")
    assert shown.text == "😀 Halo <!&nbsp; & x"
    assert shown.entities == (("bold", 0, 7, ""), ("text_link", 19, 1, "https://x.id?a=1&b=2"))


async def test_topics_of_a_forum(api: FakeBotApi, bot: Bot) -> None:
    forum = api.forum(-100700)
    api.group(-100800)
    await refused(bot.create_forum_topic(-100800, "x"), "not a forum")
    await refused(bot.create_forum_topic(-100700, "x" * 129), "TOPIC_TITLE_INVALID")
    topic = (await bot.create_forum_topic(-100700, "#1")).message_thread_id
    sent = await bot.send_message(-100700, "x", message_thread_id=topic)
    assert sent.message_thread_id == topic
    await bot.close_forum_topic(-100700, topic)
    await refused(bot.close_forum_topic(-100700, topic), "TOPIC_NOT_MODIFIED")
    await bot.send_message(-100700, "an administrator may", message_thread_id=topic)
    await bot.reopen_forum_topic(-100700, topic)
    forum.chat.rights = False
    await refused(bot.close_forum_topic(-100700, topic), "not enough rights")
    forum.chat.rights = True
    forum.loses(topic)
    await refused(bot.send_message(-100700, "x", message_thread_id=topic), "message thread not found")
    await refused(bot.edit_message_text("y", -100700, sent.id), "message to edit not found")
    await refused(bot.reopen_forum_topic(-100700, topic), "TOPIC_ID_INVALID")


def _drawn(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


async def test_kept_files_are_sent_again_copied_and_fetched(api: FakeBotApi, bot: Bot) -> None:
    api.user(71)
    photo = (await bot.send_photo(71, b"\x89PNG", caption="x")).photo[-1].file_id
    await bot.send_photo(71, photo)
    await refused(bot.send_document(71, photo), "can't use file of type photo as document")
    sound = (await bot.send_audio(71, b"ID3")).audio.file_id
    await refused(bot.send_document(71, sound), "can't use file of type audio as document")
    await refused(bot.send_voice(71, sound), "can't use file of type audio as voicenote")
    await refused(bot.send_photo(71, _drawn(100, 3000)), "PHOTO_INVALID_DIMENSIONS")
    await refused(bot.send_photo(71, _drawn(9000, 2000)), "PHOTO_INVALID_DIMENSIONS")
    await refused(bot.send_document(71, "BQACmadeup"), "wrong remote file identifier")
    copied = await bot.copy_message(71, 71, next(iter(api.state.chats["71"].messages)))
    assert api.state.chats["71"].messages[copied.message_id].shown.text == "x"
    file = await bot.get_file(photo)
    assert file.file_size == 4
    await refused(bot.get_file("AgACmadeup"), "wrong file_id")


async def test_a_group_takes_so_many_messages_a_minute(api: FakeBotApi, bot: Bot) -> None:
    api.forum(-100700)
    api.limits.per_group = 2
    await bot.send_message(-100700, "1")
    await bot.send_message(-100700, "2")
    with pytest.raises(RetryAfter):
        await bot.send_message(-100700, "3")
