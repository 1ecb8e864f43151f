"""The strict server of WhatsApp, and the whole bot before it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import FakeGraph
from tests.whatsapp.approved import approve_all
from tests.whatsapp.whole_bot import WholeBot, whole_bot


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    """A server for one test."""
    async with FakeGraph() as server:
        server.limits.per_second = None
        approve_all(server)
        yield server


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """A server of Telegram, for those who have both."""
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def bot(graph: FakeGraph, sqlite_url: str) -> AsyncIterator[WholeBot]:
    """The bot on WhatsApp alone."""
    async with whole_bot(graph, sqlite_url) as opened:
        yield opened
