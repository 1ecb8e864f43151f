"""What every test of lists needs: an office in October 2021, and a way to bring a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app.secret import Secrets
from bot.cli.chat import DEMO_KEY
from bot.importing.intake import Import, Report
from bot.importing.lists import Office
from bot.importing.rolls import LISTS
from bot.store import Store, open_store
from programme.programme import load_programme
from reminders.policy import load_policy

NUMBERS = Secrets.of(DEMO_KEY).fresh
PHONE = "+6281234567890"

Bring = Callable[..., Awaitable[Report]]


@pytest.fixture
def office() -> Office:
    return Office(load_programme(), load_policy(), NUMBERS, datetime(2021, 10, 25, 2, tzinfo=UTC), "terminal:sari")


@pytest.fixture
async def kept(sqlite_url: str) -> AsyncIterator[Store]:
    opened = open_store(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def read(office: Office, tmp_path: Path) -> Bring:
    """Read a file beside an empty store, which stays as it is."""

    async def bring(content: str | bytes, what: str = "roster", name: str = "list.csv") -> Report:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return await Import(None, office).take(LISTS[what], file, Report())

    return bring


@pytest.fixture
def bring(office: Office, kept: Store, tmp_path: Path) -> Bring:
    """Take a file in."""

    async def bring(content: str, what: str = "roster", **how: Any) -> Report:
        file = tmp_path / "list.csv"
        file.write_text(content, encoding="utf-8")
        return await Import(kept, office).take(LISTS[what], file, Report(), **how)

    return bring
