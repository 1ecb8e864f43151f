"""What is logged can be put together again, and neither it nor any figure tells anything about anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app.logs import JsonFormatter, PlainFormatter, hidden_in
from bot.app.monitor import Monitor
from bot.app.web_server import health
from bot.channels.channel import Gone, Refused
from bot.store.trace import tracing
from handlers.dialogue.register import conversations
from programme.model.messages import Open, Sort
from programme.model.phones import OwnNumber
from tests.operations.watched import Watched, watched
from tests.store.samples import MONDAY, owed

NAME, ADDRESS, NUMBER = "Markonah", "7700112233", "081234509876"
WORDS, MINE = "kucingku sembunyi di lemari", "rumahku di jalan melati nomor tujuh"
MARKED = (NAME, ADDRESS, NUMBER, "81234509876", "kucing", "lemari", "melati", "4000123456789010")


@dataclass
class Written:
    """A log as it is written."""

    stream: io.StringIO = field(default_factory=io.StringIO)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


def _written(formatter: logging.Formatter) -> Iterator[Written]:
    written, root, ours = Written(), logging.getLogger(), logging.getLogger("bot")
    handler = logging.StreamHandler(written.stream)
    handler.setFormatter(formatter)
    before = root.level, ours.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    ours.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before[0])
    ours.setLevel(before[1])


@pytest.fixture
def as_json() -> Iterator[Written]:
    yield from _written(JsonFormatter(["hunter2hunter2"]))


@pytest.fixture
def plain() -> Iterator[Written]:
    yield from _written(PlainFormatter(["hunter2hunter2"]))


async def test_one_id_leads_from_a_message_to_its_delivery(as_json: Written) -> None:
    async with watched() as bot:
        await bot.says("batas")
    decided = next(each for each in as_json.records if each["message"].startswith("decided"))
    sent = next(each for each in as_json.records if each["message"] == "sent on telegram")
    assert decided["about"] == "inbox/1"
    assert sent["about"].startswith("inbox/1 delivery/")


async def everything(bot: Watched) -> None:
    """Say, press, share, complain, in every conversation; a channel refuses, and is at fault, in their words."""
    more = {"who": ADDRESS, "name": NAME}
    await bot.says("/start g21", **more)
    await bot.says(WORDS, **more)
    await bot.says(f"nomorku {NUMBER}", **more)
    await bot.says("kartuku 4000 1234 5678 9010", redacted=("card",), **more)
    await bot.says("nomor", sort=Sort.CONTACT, number=OwnNumber("+6281234509876"), can_vouch=True, **more)
    await bot.says("tombol", sort=Sort.PRESS, action=Open("deadline"), **more)
    for name in sorted(conversations()):
        await bot.says(f"buka {name}", sort=Sort.PRESS, action=Open(name), **more)
        await bot.says(f"{MINE} {NUMBER} {name}", **more)
    bot.channel.raises += [Gone(f"{NAME} blocked us"), Refused(f"bad words: {WORDS}")]
    await bot.says("batas", **more)
    await bot.says("status", **more)
    bot.channel.raises += [ValueError(f"can't render {MINE!r}"), KeyError(NUMBER)]
    await bot.says("menu", **more)
    await bot.says("petugas", **more)
    await bot.says(MINE, **more)
    async with bot.app.store.writing() as tx:
        await tx.outbox.put([owed(1, "h-3", due_at=MONDAY)])
    bot.app.inbox_processor.turn_handler.programme = None  # type: ignore[assignment] - every turn fails from here on
    await bot.says(f"{WORDS} lagi", **more)


async def test_nothing_personal_is_in_log_figures_or_health(as_json: Written) -> None:
    async with watched() as bot:
        await everything(bot)
        monitor = Monitor(bot.app.sender)
        await monitor.look()
        monitor.tell()
        told = bytes(health(monitor, bot.desk).body).decode()
        figures = " ".join(bot.figures)
    assert [each for each in as_json.records if each["level"] == "error"], "nothing went wrong that could tell"
    for where, what in (("log", as_json.text), ("health", told), ("figures", figures)):
        assert [mark for mark in MARKED if mark.casefold() in what.casefold()] == [], where


def test_an_error_tells_where_it_came_about_and_what_led_to_it_but_not_its_words(plain: Written) -> None:
    log = logging.getLogger("bot.somewhere")

    def first() -> None:
        raise ValueError(f"{WORDS!r} is no wave")

    try:
        try:
            first()
        except ValueError as error:
            raise RuntimeError(NUMBER) from error
    except RuntimeError:
        log.exception("could not answer %s", "inbox/7")
    assert "could not answer inbox/7" in plain.text
    assert "test_logs.py" in plain.text
    assert "in first" in plain.text
    assert plain.text.index("ValueError") < plain.text.index("which led to") < plain.text.index("RuntimeError")
    assert not [mark for mark in MARKED if mark in plain.text]


def test_the_words_of_the_system_and_of_a_database_stay(plain: Written) -> None:
    try:
        Path("/nowhere/at/all").read_text()
    except FileNotFoundError:
        logging.getLogger("bot").exception("gone")
    assert "FileNotFoundError: No such file or directory" in plain.text


def test_no_secret_is_logged_however_it_gets_there(as_json: Written, plain: Written) -> None:
    with tracing("delivery/3"):
        logging.getLogger("bot").warning("can't reach %s", "https://api.example/bothunter2hunter2/getMe")
    assert as_json.records[0]["message"] == "can't reach https://api.example/bot[secret]/getMe"
    assert "hunter2" not in plain.text
    assert plain.text.endswith("[delivery/3]\n")


def test_every_secret_setting_is_hidden_and_every_word_of_several() -> None:
    settings = {"a": SecretStr("one-secret"), "b": SecretStr("first second"), "c": "public", "d": None}
    assert hidden_in(settings) == ("first second", "one-secret", "second", "first")


def test_what_no_key_can_be_stays_readable() -> None:
    """A secret of words that people say: without each "a" and "the" no line of the log could be read."""
    assert hidden_in({"a": SecretStr("a horse of the king")}) == ("a horse of the king", "horse")
