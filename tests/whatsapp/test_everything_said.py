"""All that Sobat says anywhere is a message that Meta takes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

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

pytestmark = pytest.mark.xdist_group("everything said")
FILE = described_in()
SIGNER = ButtonSigner(b"k" * 32)


@pytest.fixture(scope="module")
def said() -> list[Message]:
    """All different messages: of conversations, of dialogues, of reminders with a picture and without."""
    reminders = list(reminded())
    pictured = [replace(message, picture=Picture(b"png", "Sisa waktu")) for message in reminders]
    talks = asyncio.run(_talked())
    return list({repr(message): message for message in (*talks, *reminders, *pictured)}.values())


async def _talked() -> list[Message]:
    return [message async for message in conversed()] + [message async for message in played()]


def posts_of(message: Message) -> list[Post]:
    return render(message, SIGNER, more=lambda page: f"page:{page}")


def test_every_message_fits_and_its_words_are_seen(said: list[Message]) -> None:
    assert len(said) >= 2500
    for message in said:
        posts = posts_of(message)
        assert all(fits(post) for post in posts), message
        for post in posts:
            check_message(complete(post))
        assert plain(message.text) in "\n".join(read(words(post)).text for post in posts), message


def test_an_answer_is_one_message_but_for_a_question_for_the_number_and_a_picture(said: list[Message]) -> None:
    for message in said:
        asks = any(isinstance(key, AskContact) for row in message.keys for key in row)
        assert len(posts_of(message)) <= 1 + asks + (message.picture is not None), message


@pytest.mark.skipif(FILE is None, reason="Meta's OpenAPI description is not beside the project")
def test_meta_takes_every_message(said: list[Message]) -> None:
    assert FILE
    for message in said:
        assert [fault for post in posts_of(message) for fault in faults(complete(post), FILE)] == [], message
