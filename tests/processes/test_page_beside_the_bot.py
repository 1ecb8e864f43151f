"""Beside the real bot the page is off, unless somebody wants it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.bot_api import FakeBotApi
from tests.processes.crew import Crew

pytestmark = pytest.mark.xdist_group("processes")

PAGES = ("/", "/?tanpa", "/sobat/baru", "/sobat/static/sobat.js", "/sobat/files/x", "/_nicegui/x", "/docs")


async def test_the_real_bot_serves_telegram_and_its_health_and_nothing_else(tmp_path: Path) -> None:
    """With WEB_CHAT=on the page is there as well."""
    async with FakeBotApi() as api, Crew(api, f"sqlite:///{tmp_path}/off.db", tmp_path) as off:
        on = Crew(api, f"sqlite:///{tmp_path}/on.db", tmp_path)
        async with on, aiohttp.ClientSession() as session:
            await asyncio.gather(off.start("all-off"), on.start("all-on", WEB_CHAT="on"))
            await asyncio.gather(off.ready("all-off"), on.ready("all-on"))
            closed = [(await session.get(off.address("all-off") + page)).status for page in PAGES]
            assert closed == [404] * len(PAGES)
            assert (await session.post(off.address("all-off") + "/telegram")).status in {401, 403}
            assert (await session.get(on.address("all-on") + "/", allow_redirects=False)).status == 303
