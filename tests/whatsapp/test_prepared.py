"""What goes to many is encoded once, and is what it would be alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import orjson
import pytest_asyncio

from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Terms
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.prepared import Prepared, addressed, encoded
from bot.channels.whatsapp.sending import WhatsAppChannel
from programme.model.clock import SetClock
from programme.model.messages import Button, Kind, Message, Open
from tests.fakes.graph import FakeGraph
from tests.store.samples import MONDAY

WORDS = Message("<b>Batas beli</b> Kamis.", ((Button("Menu", Open("menu")),),))
BODY = {"type": "text", "text": {"body": 'halo, "dunia"'}}


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph(clock=SetClock(MONDAY)) as opened:
        yield opened


@pytest_asyncio.fixture
async def channel(graph: FakeGraph) -> AsyncIterator[WhatsAppChannel]:
    number, clock = graph.account.number_id, graph.clock
    async with Graph(f"{graph.base_url}/v26.0", graph.token) as client:
        media = Media(client, number, clock)
        yield WhatsAppChannel(client, number, ButtonSigner(b"key"), clock=clock, media=media)


def test_a_body_in_two_parts_is_the_whole_body() -> None:
    whole = addressed({"to": "6281", "biz_opaque_callback_data": "7.1"}, encoded(BODY))
    assert orjson.loads(whole) == {"to": "6281", "biz_opaque_callback_data": "7.1", **BODY}


def test_the_same_source_is_encoded_once_a_key() -> None:
    """A picture that was uploaded anew has another id, and so another body."""
    prepared, asked = Prepared(), list[str]()
    for key in ("a", "b", "a"):
        prepared.of(WORDS, key, lambda key=key: asked.append(key) or BODY)  # type: ignore[misc]
    assert asked == ["a", "b"]
    prepared.forget()
    prepared.of(WORDS, "a", lambda: asked.append("again") or BODY)  # type: ignore[func-returns-value]
    assert asked == ["a", "b", "again"]


def test_equal_words_of_another_message_are_not_taken_for_these() -> None:
    """A person's own may be freed and its place taken by the next one's."""
    prepared = Prepared()
    bodies = [prepared.of(replace(WORDS, text=str(number)), None, lambda n=number: {"n": n}) for number in range(200)]
    assert len(set(bodies)) == 200


async def test_each_gets_theirs_of_a_broadcast(graph: FakeGraph, channel: WhatsAppChannel) -> None:
    """The words are the same, the address and the reference are not; alone it looks just so."""
    people = [graph.user(f"62812000000{number}") for number in (11, 22)]
    for person in people:
        await person.says("halo")
    for at, person in enumerate(people, 1):
        terms = Terms(reference=f"3/{at}.1", heard_at=MONDAY)
        await channel.send(person.number, WORDS, kind=Kind.BROADCAST, terms=terms)
    await channel.send(people[0].number, WORDS, kind=Kind.REPLY, terms=Terms(reference="3/1.1", heard_at=MONDAY))
    first, second, alone = graph.called("messages")
    assert (second["to"], second["biz_opaque_callback_data"]) == (people[1].number, "3/2.1")
    assert {**second, "to": first["to"], "biz_opaque_callback_data": "3/1.1"} == first == alone
