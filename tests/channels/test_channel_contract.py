"""What every channel that reaches people must do, asked of each in turn before its strict server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.channels.buttons import ButtonSigner
from bot.channels.channel import (
    Ambiguous,
    Channel,
    Gone,
    Misconfigured,
    NotHere,
    SendFailure,
    Throttled,
    Transient,
    Unreachable,
)
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.sending import WhatsAppChannel
from programme.model.clock import SystemClock
from programme.model.messages import Action, Button, Kind, Message, Open
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import FakeGraph
from tests.fakes.whatsapp_text import read
from tests.telegram.conftest import drawn

SIGNER = ButtonSigner(b"key")
NUMBER = "6281234567890"
KINDS = (Kind.REPLY, Kind.STAFF, Kind.REMINDER, Kind.BROADCAST)
PICTURE = drawn("red")


@dataclass
class Line:
    """A channel, somebody at its other end, and the ways in which its server can be made to fail."""

    channel: Channel
    address: str
    words: Callable[[], str]
    picture: Callable[[], bytes | None]
    pressed: Callable[[str], Action | None]
    trouble: Callable[[dict[str, Any]], None]
    throttle: Callable[[float], None]
    lose_person: Callable[[], None]
    close: Any
    revoke: Callable[[], None]


@asynccontextmanager
async def telegram() -> AsyncIterator[Line]:
    async with FakeBotApi() as api, open_account(api.token, api.base_url) as account:
        person = api.user(71)

        def pressed(label: str) -> Action | None:
            sent = next(each for each in reversed(list(person.chat.messages.values())) if each.by_bot and each.markup)
            keys = [key for row in sent.markup["inline_keyboard"] for key in row]
            return SIGNER.read(next(key["callback_data"] for key in keys if key["text"] == label))

        yield Line(
            TelegramChannel(account, SIGNER),
            "71",
            lambda: "\n".join(seen.text for seen in person.messages),
            lambda: next((seen.photo for seen in person.messages if seen.photo), None),
            pressed,
            lambda fault: api.next(**fault),
            lambda seconds: api.next(status=429, retry_after=int(seconds)),
            lambda: setattr(person.chat, "blocked", True),
            api.goes_away,
            lambda: setattr(api, "token", "1:another"),
        )


@asynccontextmanager
async def whatsapp() -> AsyncIterator[Line]:
    async with FakeGraph() as server, Graph(f"{server.base_url}/v26.0", server.token) as graph:
        server.limits.per_second = None
        person, clock = server.user(NUMBER), SystemClock()
        await person.says("halo")
        number = server.account.number_id
        channel = WhatsAppChannel(graph, number, SIGNER, clock=clock, media=Media(graph, number, clock))

        def pressed(label: str) -> Action | None:
            heard = next(each for each in reversed(person.heard) if each.payloads)
            return SIGNER.read(heard.payloads[label])

        yield Line(
            channel,
            NUMBER,
            lambda: "\n".join(read(heard.text).text for heard in person.heard),
            lambda: next((heard.data for heard in person.heard if heard.data), None),
            pressed,
            lambda fault: server.next(**fault),
            lambda _seconds: server.fail_next(130429, as_status=False),
            lambda: server.fail_next(131026, as_status=False),
            server.goes_away,
            lambda: setattr(server, "token", "another"),
        )


LINES = {"telegram": telegram, "whatsapp": whatsapp}


@pytest.fixture(params=LINES)
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    """Each channel in turn."""
    async with LINES[request.param]() as opened:
        yield opened


@pytest.mark.parametrize("kind", KINDS)
async def test_the_words_arrive_as_they_are(line: Line, kind: Kind) -> None:
    """Whatever they are sent for; what looks like markup is none."""
    await line.channel.send(line.address, Message("<b>Halo</b> Siti &lt;3 2*3*4 a_b_c"), kind=kind)
    assert "Halo Siti <3 2*3*4 a_b_c" in line.words()


async def test_a_long_text_arrives_whole_and_in_order(line: Line) -> None:
    """In as many parts as it takes."""
    words = [f"kata{number}" for number in range(1500)]
    await line.channel.send(line.address, Message(" ".join(words)))
    assert line.words().split() == words


@pytest.mark.parametrize("kind", KINDS)
async def test_a_button_does_what_it_says(line: Line, kind: Kind) -> None:
    """What comes back when it is pressed is what was meant."""
    menu = Open("share", {"wave": "21"})
    await line.channel.send(line.address, Message("Pilih:", ((Button("Bagikan", menu),),)), kind=kind)
    assert line.pressed("Bagikan") == menu


@pytest.mark.parametrize("kind", KINDS)
async def test_a_picture_arrives_with_its_words(line: Line, kind: Kind) -> None:
    await line.channel.send(line.address, Message("Sisa <b>3 hari</b>", picture=PICTURE), kind=kind)
    assert line.picture() == PICTURE.data
    assert "Sisa 3 hari" in line.words()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ({"status": 500}, Transient),
        ({"status": 502, "body": b"<html>Bad gateway</html>"}, Transient),
        ({"cuts": True, "accepted": True}, Ambiguous),
        ({"status": 200, "body": b"<html>"}, Ambiguous),
    ],
    ids=["500", "a gateway", "the answer is lost", "an answer that is none"],
)
async def test_trouble_is_named(line: Line, kind: Kind, fault: dict[str, Any], failure: type[SendFailure]) -> None:
    """So that it is known whether the message may have arrived."""
    line.trouble(fault)
    with pytest.raises(failure):
        await line.channel.send(line.address, Message("Halo"), kind=kind)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_that_is_away_has_seen_nothing(line: Line, kind: Kind) -> None:
    await line.close()
    with pytest.raises(Unreachable):
        await line.channel.send(line.address, Message("Halo"), kind=kind)


@pytest.mark.parametrize("kind", KINDS)
async def test_being_asked_to_wait_stops_the_channel(line: Line, kind: Kind) -> None:
    """And costs the message no attempt."""
    line.throttle(3)
    with pytest.raises(Throttled) as asked:
        await line.channel.send(line.address, Message("Halo"), kind=kind)
    assert asked.value.retry_after > 0
    assert not asked.value.costs_attempt


async def test_somebody_who_can_not_be_reached_is_told_apart(line: Line) -> None:
    """For good, or on this channel."""
    line.lose_person()
    with pytest.raises((Gone, NotHere)):
        await line.channel.send(line.address, Message("Halo"))


async def test_an_account_that_is_refused_is_an_operators_matter(line: Line) -> None:
    line.revoke()
    with pytest.raises(Misconfigured):
        await line.channel.send(line.address, Message("Halo"))
