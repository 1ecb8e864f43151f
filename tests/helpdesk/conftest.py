from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from staffed import Desk, open_desk

from tests.fakes.bot_api import FakeBotApi


@pytest_asyncio.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def desk(api: FakeBotApi, sqlite_url: str) -> AsyncIterator[Desk]:
    async with open_desk(api, sqlite_url) as opened:
        yield opened
