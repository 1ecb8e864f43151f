"""What people write by mistake lies nowhere afterwards: in no table, no page of the file, no log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.cli.chat import open_chat
from bot.inbound.leads import WITHIN, Leads
from programme.model.clock import SetClock
from programme.model.messages import Incoming
from tests.redaction.natural import natural_leaks

NOW = datetime(2021, 10, 18, 3, tzinfo=UTC)
ENOUGH = 6  # letters or figures by which a secret is known; fewer are found by chance
EVERY = 9  # of all messages one in so many is said: the whole list takes long


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOBAT_SECRET", "a secret of the operator that is long enough")


async def test_of_hundreds_of_secrets_none_is_in_the_file_or_the_log(
    settings: None, sqlite_url: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    messages = [leak for aside in (False, True) for leak in natural_leaks(aside=aside)][::EVERY]
    async with open_chat(at=NOW, person="ani", database=sqlite_url) as chat:
        await chat.say("/start g21")
        before = written(sqlite_url)
        for leak in messages:
            await chat.say(leak.text)
            await chat.say("menu")
        after = written(sqlite_url)
    logged = caplog.text.casefold()
    left = {mark for leak in messages for mark in marks(leak.secrets) if mark in after and mark not in before}
    assert not left, left
    assert not {mark for leak in messages for mark in marks(leak.secrets) if mark in logged}


async def test_what_is_given_with_the_next_message_is_not_in_the_file_either(
    settings: None, sqlite_url: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    async with open_chat(at=NOW, person="ani", database=sqlite_url) as chat:
        for words in ("passwordku", "Melati2021!", "nomor kartu", "3524 1129", "0045 8812", "mau komplain"):
            heard = await chat.say(words)
        everything = written(sqlite_url) + caplog.text.casefold()
    assert heard
    assert not [part for part in ("melati2021", "3524 1129", "0045 8812") if part in everything]


def test_a_lead_ends_with_its_person_its_minutes_and_its_place():
    clock = SetClock(NOW)
    leads = Leads(clock)

    def hears(address: str, text: str, number: str) -> str:
        said = Incoming(channel="telegram", address=address, id=number, at=clock.now(), text=text)
        return leads.read(said).text

    assert [hears("ani", "passwordku", "1"), hears("budi", "kelinci", "2")] == ["passwordku", "kelinci"]
    assert hears("ani", "kelinci", "3") == "[kata sandi]"
    assert hears("ani", "kelinci", "3") == "[kata sandi]"  # delivered once more
    hears("ani", "passwordku", "4")
    clock.set(NOW + WITHIN)
    assert hears("ani", "kelinci", "5") == "kelinci"
    hears("ani", "passwordku", "6")
    leads.forget("telegram", "ani")
    assert hears("ani", "kelinci", "7") == "kelinci"


def test_a_piece_that_is_delivered_once_more_is_no_second_piece():
    leads = Leads(SetClock(NOW))
    said = Incoming(channel="telegram", address="ani", id="1", at=NOW, text="4417")
    assert [leads.read(said).text, leads.read(said).text] == ["4417", "4417"]


def marks(secrets: tuple[str, ...]) -> Iterator[str]:
    """Go through the pieces by which a secret would be found again: figures and mixed tokens.

    Phone numbers are a contact, even where somebody calls the same number an e-wallet's.
    """
    for secret in secrets:
        for piece in re.findall(r"\S+", secret.casefold()):
            if len(piece) >= ENOUGH and any(map(str.isdigit, piece)) and not piece.startswith("08"):
                yield piece


def written(url: str) -> str:
    """Return everything that the database has written, its log included."""
    path = Path(make_url(url).database or "")
    files = (path, path.with_name(f"{path.name}-wal"))
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files if file.exists()).casefold()
