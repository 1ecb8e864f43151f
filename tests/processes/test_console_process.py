"""The console beside the bot, each in a process of its own, on one SQLite file."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.store import open_store
from programme.model.staff import LINK_LASTS, Role, StaffMember
from tests.fakes.bot_api import FakeBotApi
from tests.processes.crew import Crew, until
from tests.processes.sobat_run import free_port

pytestmark = pytest.mark.xdist_group("processes")

RINA = StaffMember(channel="telegram", address="501", role=Role.ADMIN, name="Rina")
OURS = {"sec-fetch-site": "same-origin"}


async def way_in(database: str) -> str:
    """A link for Rina, as `sobat staff link` makes it."""
    store = open_store(database)
    async with store.writing() as tx:
        await tx.staff.put(RINA)
        code = await tx.doors.link(RINA, "terminal:test", LINK_LASTS)
    await store.close()
    return f"/konsol/masuk/{code}"


async def test_nobody_is_signed_out_by_a_crash(tmp_path: Path) -> None:
    """Killed and started again, the console still knows who is signed in; the bot never noticed it."""
    database = f"sqlite:///{tmp_path}/sobat.db"
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with FakeBotApi() as api, Crew(api, database, tmp_path, webhook=False) as crew:
        jar = aiohttp.CookieJar(unsafe=True)  # of an address in numbers
        async with aiohttp.ClientSession(cookie_jar=jar) as browser:

            async def answers() -> bool:
                try:
                    async with browser.get(f"{address}/healthz") as answer:
                        return answer.status == 200
                except aiohttp.ClientError:
                    return False

            await crew.start("all-bot")
            await crew.ready("all-bot")
            await crew.start("console-1", CONSOLE_PORT=str(port))
            await until(answers)
            entered = await browser.post(address + await way_in(database), headers=OURS, allow_redirects=False)
            assert entered.status == 303
            await crew.kill("console-1")
            await crew.start("console-1", CONSOLE_PORT=str(port))
            await until(answers)
            page = await browser.get(f"{address}/konsol", allow_redirects=False)
            assert page.status == 200
            assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
            assert (await browser.get(f"{crew.address('all-bot')}/konsol")).status == 404
