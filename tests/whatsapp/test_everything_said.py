"""All that Sobat says anywhere is a message that Meta takes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from bot.channels.buttons import ButtonSigner
from bot.channels.plain import plain
from bot.channels.whatsapp.rendering import Post, render
from programme.model.messages import AskContact, Message, Picture
from tests.fakes.graph_bounds import check_message
from tests.fakes.openapi import described_in, faults
from tests.fakes.whatsapp_text import read
from tests.whatsapp.everything_said import conversed, played, reminded
from tests.whatsapp.reading import complete, fits, words

pytestmark = pytest.mark.xdist_group("replayed dialogues")
FILE = described_in()
SIGNER = ButtonSigner(b"k" * 32)


@pytest.fixture(scope="module")
def said() -> list[Message]:
    """All different messages: of conversations, of dialogues, of reminders with a picture and without."""
    reminders = list(reminded())
    pictured = [replace(message, picture=Picture(b"png", "Sisa waktu")) for message in reminders]
    talks = asyncio.run(_conversed())
    return list({repr(message): message for message in (*talks, *played(), *reminders, *pictured)}.values())


async def _conversed() -> list[Message]:
    return [message async for message in conversed()]


@pytest.fixture(scope="module")
def posts(said: list[Message]) -> list[tuple[Message, list[Post]]]:
    """Each message, and what is sent of it."""
    return [(message, render(message, SIGNER, more=lambda page: f"page:{page}")) for message in said]


def test_every_message_fits_and_its_words_are_seen(posts: list[tuple[Message, list[Post]]]) -> None:
    assert len(posts) >= 2500
    for message, sent in posts:
        assert all(fits(post) for post in sent), message
        for post in sent:
            check_message(complete(post))
        assert plain(message.text) in "\n".join(read(words(post)).text for post in sent), message


def test_an_answer_is_one_message_but_for_a_question_for_the_number_and_a_picture(
    posts: list[tuple[Message, list[Post]]],
) -> None:
    for message, sent in posts:
        asks = any(isinstance(key, AskContact) for row in message.keys for key in row)
        assert len(sent) <= 1 + asks + (message.picture is not None), message


def test_no_label_of_a_button_is_escaped(said: list[Message]) -> None:
    """Texts are HTML, labels are plain words: an ampersand in one is an ampersand."""
    labels = {key.label for message in said for row in message.keys for key in row}
    assert [label for label in labels if label != unescape(label) or "<" in label] == []


@pytest.mark.skipif(FILE is None, reason="Meta's OpenAPI description is not beside the project")
def test_meta_takes_every_message(posts: list[tuple[Message, list[Post]]]) -> None:
    """Of all that are built alike the one that says most is held against Meta's description."""
    assert FILE
    told = [complete(post) for _message, sent in posts for post in sent]
    bodies = {shape(body): body for body in sorted(told, key=size)}
    assert len(bodies) >= 30
    for body in bodies.values():
        assert faults(body, FILE) == [], body


def shape(body: Any) -> Any:
    """How a body is built, whatever it says: its fields, how many there are of each, and what is no text."""
    match body:
        case dict():
            return tuple((name, body[name] if name == "type" else shape(body[name])) for name in sorted(body))
        case list():
            return tuple(shape(each) for each in body)
        case str():
            return ""
        case _:
            return body


def size(body: Mapping[str, Any]) -> int:
    return len(str(body))
