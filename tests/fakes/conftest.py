"""The fake of WhatsApp for its own tests, and what calls it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_caller import Caller


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    """A server that is never too slow for a test."""
    async with FakeGraph() as server:
        server.limits.per_second = None
        yield server


@pytest_asyncio.fixture
async def caller(graph: FakeGraph) -> AsyncIterator[Caller]:
    """Somebody who sends through it."""
    async with Caller(graph) as opened:
        yield opened
