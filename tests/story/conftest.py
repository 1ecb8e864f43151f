from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from town import Person, Town, open_town


@pytest.fixture(params=["any channel", "whatsapp"])
def channel(request: pytest.FixtureRequest) -> str:
    """Stories are lived twice: what people are told is the same on WhatsApp."""
    return "whatsapp" if request.param == "whatsapp" else "terminal"


@pytest.fixture
async def town(sqlite_url: str, channel: str) -> AsyncIterator[Town]:
    """Monday 18 October 2021, 09.00 WIB, three days before the cutoff of wave 21."""
    async with open_town(sqlite_url, channel=channel) as opened:
        yield opened


@pytest.fixture
async def jakarta(town: Town) -> Person:
    return await town.person("jakarta").lives("WIB")


@pytest.fixture
async def makassar(town: Town) -> Person:
    return await town.person("makassar").lives("makassar")


@pytest.fixture
async def jayapura(town: Town) -> Person:
    return await town.person("jayapura").lives("jayapura")
