"""The page as a channel: keeps chats, tells open pages, edits in place."""

from __future__ import annotations

import pytest

from bot.channels.channel import Channel
from bot.channels.web.channel import PICTURES, WebChannel
from bot.demo.clock import START
from bot.store import Store
from bot.store.repositories.chats import ChatMessage
from programme.model.clock import SetClock
from programme.model.messages import Kind, Message, Picture
from tests.fakes.open_page import on_page
from tests.store.samples import meet


@pytest.fixture
def channel() -> WebChannel:
    return WebChannel(SetClock(START), posts=3, chats=2)


def texts(channel: WebChannel, address: str) -> list[str]:
    return [post.message.text for post in on_page(channel, address)]


async def test_an_open_page_hears_of_a_message_and_the_chat_keeps_it(channel: WebChannel) -> None:
    """What is sent reaches whoever listens, under the id that the sender gets, stamped by the clock."""
    heard: list[ChatMessage] = []
    channel.listen("a", heard.append)
    sender: Channel = channel
    number = await sender.send("a", Message("Halo"), kind=Kind.REMINDER)
    [post] = heard
    assert (post.id, post.kind, post.at, post.own) == (number, Kind.REMINDER, START, False)
    assert texts(channel, "a") == ["Halo"]
    assert texts(channel, "b") == []


async def test_whoever_stops_listening_hears_no_more(channel: WebChannel) -> None:
    """A page that was closed is told nothing."""
    heard: list[ChatMessage] = []
    channel.listen("a", heard.append)()
    await channel.send("a", Message("Halo"))
    assert heard == []


async def test_only_the_newest_messages_are_kept(channel: WebChannel) -> None:
    """A chat keeps its last messages."""
    for number in range(5):
        await channel.send("a", Message(str(number)))
    assert texts(channel, "a") == ["2", "3", "4"]


async def test_an_edit_takes_the_place_of_the_message(channel: WebChannel) -> None:
    """An edited message keeps its id and place; where it is gone, the new words are a new message."""
    first = await channel.send("a", Message("satu"))
    await channel.send("a", Message("dua"))
    assert await channel.send("a", Message("satu lagi"), edits=first) == first
    assert texts(channel, "a") == ["satu lagi", "dua"]
    assert await channel.send("a", Message("tiga"), edits="gone") != first
    assert texts(channel, "a") == ["satu lagi", "dua", "tiga"]


async def test_a_pressed_button_is_the_persons_word_before_a_new_message(channel: WebChannel) -> None:
    """A press shows as the person's own bubble, unless its answer only edits what is there."""
    first = await channel.send("a", Message("Mau apa?"))
    channel.pressed("a", "Menu")
    await channel.send("a", Message("Ini menunya"))
    assert texts(channel, "a") == ["Mau apa?", "Menu", "Ini menunya"]
    channel.pressed("a", "Lanjut")
    await channel.send("a", Message("Halaman 2"), edits=first)
    channel.pressed("a", "Lama")
    channel.released("a")
    await channel.send("a", Message("Pengingat"))
    assert texts(channel, "a") == ["Menu", "Ini menunya", "Pengingat"]


async def test_silent_chats_make_room_but_open_ones_stay(channel: WebChannel) -> None:
    """With too many chats the one silent longest is dropped, unless somebody is looking at it."""
    channel.listen("open", lambda _post: None)
    await channel.send("open", Message("1"))
    await channel.send("silent", Message("2"))
    await channel.send("new", Message("3"))
    assert texts(channel, "open") == ["1"]
    assert texts(channel, "new") == ["3"]
    assert texts(channel, "silent") == []


async def test_pictures_are_served_by_what_they_hold(channel: WebChannel) -> None:
    """A picture is found by its digest as long as it is not too old."""
    old = Picture(b"old", "lama")
    await channel.send("a", Message("", picture=old))
    assert channel.picture(old.digest) == old
    for number in range(PICTURES):
        await channel.send("a", Message("", picture=Picture(b"%d" % number, "")))
    assert channel.picture(old.digest) is None


async def test_a_chat_can_be_forgotten(channel: WebChannel) -> None:
    """Nothing is left of a chat that is to be forgotten."""
    await channel.send("a", Message("Halo"))
    channel.forget("a")
    channel.forget("never seen")
    assert texts(channel, "a") == []


async def test_own_pictures_of_before_a_restart_go_with_the_person(store: Store) -> None:
    """The one that others are shown, too, stays."""
    async with store.writing() as tx:
        await meet(tx, "a", channel="web")
    own, shared = Picture(b"own", "Gambar darimu"), Picture(b"shared", "Sisa 3 hari")
    for again in (False, True):
        channel = WebChannel(SetClock(START))
        channel.store = store
        if not again:
            channel.showed("a", own)
            await channel.send("a", Message("3 hari", picture=shared))
        await channel.opened("a")
        assert (channel.picture(own.digest), channel.picture(shared.digest)) == (own, shared)
    channel.forget("a")
    assert (channel.picture(own.digest), channel.picture(shared.digest)) == (None, shared)


async def test_what_was_sent_in_a_chat_that_made_room_is_not_left_behind(channel: WebChannel) -> None:
    """Nobody could have it forgotten any more."""
    own = Picture(b"own", "Gambar darimu")
    channel.showed("a", own)
    for address in ("b", "c"):
        await channel.send(address, Message("Halo"))
    assert channel.picture(own.digest) is None
