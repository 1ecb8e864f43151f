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
