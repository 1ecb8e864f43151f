from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from staffed import Desk, open_desk

from tests.fakes.bot_api import FakeBotApi


@pytest_asyncio.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def desk(api: FakeBotApi, tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_desk(api, f"sqlite:///{tmp_path}/desk.db") as opened:
        yield opened
