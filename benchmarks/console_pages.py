"""Every page of the console, asked for as a browser asks, over a database that others have filled."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Final

from benchmarks.console_process import Tab, browsing, signed_in
from benchmarks.people import MONDAY, NOT_BOUGHT
from benchmarks.result import Result
from benchmarks.timed import Timed, timed
from bot.app.console import AT_THE_CONSOLE, console_parts
from bot.app.port import listen_at
from bot.app.settings import Settings
from bot.app.web_server import new_app, serve_until
from bot.app.wiring import build_app
from bot.channels.web.channel import WebChannel
from bot.console.pages import PAGES, mount_console
from programme.model.broadcasts import Audience
from programme.model.clock import SetClock
from programme.model.milestones import Milestone
from programme.model.staff import Role, StaffMember
from tests.processes.sobat_run import free_port

SECONDS, MOST = 2.0, 200.0
ADMIN: Final = StaffMember(channel="telegram", address="900", role=Role.ADMIN, name="Tari")
OPENED: Final = {
    "/konsol/aduan": ("", "?tumpukan=terbuka", "?tumpukan=tutup", "?tumpukan=terbuka&aduan=300017"),
    "/konsol/siaran/lihat": ("?nomor=60",),
    "/konsol/siaran/baru": ("", "?untuk=belum-beli&gelombang=21", "?untuk=belum-terhubung&gelombang=21", "?siaran=60"),
    "/konsol/peserta": ("", "?orang=119"),
    "/konsol/program": ("", "?berkas=waves.tsv&baris=21&isian=cutoff"),
}
"""What a page shows more of when it is asked for so."""

AUDIENCES: Final = {
    "who of the wave has not bought": NOT_BOUGHT,
    "who of it is not linked": Audience(waves=(21,), not_reached=(Milestone.BOUGHT,), linked=False),
    "everybody": Audience(),
}


async def each_page(url: str) -> list[Result]:
    """Time each page, and the slowest statement of it; what counts beside it, as ever, is not its own."""
    clock, listener = SetClock(MONDAY), listen_at(Settings(port=free_port()))
    channels = {"web": WebChannel(clock)}
    app_of = build_app(database=url, clock=clock, channels=channels, key=b"key", staff_rooms=AT_THE_CONSOLE)
    stop, found = asyncio.Event(), list[Result]()
    async with app_of as app:
        async with app.store.writing() as tx:
            await tx.staff.put(ADMIN)
        cookie, server = await signed_in(app.store, ADMIN), new_app()
        mount_console(console_parts(app), server)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(serve_until(stop, server, tasks, listener))
            tab = Tab(f"http://127.0.0.1:{listener.getsockname()[1]}", cookie)
            await _open(tab, PAGES[0][0])  # what a process does for the first time is no page's own
            for path, _right, _draw in PAGES:
                for more in OPENED.get(path, ("",)):
                    with timed(app.store) as watch:
                        took = await _open(tab, re.sub(r"{[^}]*}", "1", path) + more)
                    found.append(_result(path + more, took, watch))
            stop.set()
        for name, audience in AUDIENCES.items():
            began = time.perf_counter()
            with timed(app.store) as watch:
                await app.staff.office.outlook(audience)
            found.append(_result(f"count for a broadcast: {name}", time.perf_counter() - began, watch))
    return found


async def _open(tab: Tab, path: str) -> float:
    """Ask for a page and connect; return the seconds until it is drawn, with what it reads once somebody is there."""
    began = time.perf_counter()
    async with browsing() as session:
        await tab.load(session, path)
    await tab.connect()
    took = time.perf_counter() - began
    await asyncio.sleep(2)  # what is read beside it
    await tab.close()
    return took


def _result(name: str, took: float, watch: Timed) -> Result:
    values: dict[str, float | str] = {
        "slowest, ms": round(watch.slowest, 1),
        "statements": watch.count,
        "s": round(took, 2),
    }
    if watch.slowest > MOST:
        values["which"] = watch.statement
    holds = watch.slowest <= MOST and took <= SECONDS
    return Result(name, values, f"<= {MOST:.0f} ms, {SECONDS:.0f} s", holds)
