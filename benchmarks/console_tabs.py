"""The console's memory: 100 open tabs on a full queue, and 1,000 tabs that were opened and dropped.

The process is the one that an operator starts. Half of those that are dropped connect first, as a browser does; the
others never do, as a preview, or a browser that was closed at once.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

from benchmarks.console_process import ConsoleRun, Tab, agents, browsing, fill, signed_in
from benchmarks.loops import run
from benchmarks.process import resident
from benchmarks.result import Result
from bot.store import open_store

DROPPED, OPEN, TICKETS = 1_000, 100, 5_000
MOST, GROWN = 250.0, 1.10
PAGES = ("/konsol/aduan", "/konsol", "/konsol/aduan?aduan=7")
_AT_ONCE = 4


async def _drop(address: str, cookies: list[str], count: int) -> None:
    """Open so many tabs, a few at a time, and leave them; every second one connects before."""
    numbers = iter(range(count))

    async def visit() -> None:
        for number in numbers:
            tab = Tab(address, cookies[number % len(cookies)])
            await tab.load(session, PAGES[number % len(PAGES)])
            if number % 2:
                await tab.connect()
                await tab.close()

    async with browsing() as session, asyncio.TaskGroup() as tasks:
        for _ in range(_AT_ONCE):
            tasks.create_task(visit())


async def _open(address: str, cookies: list[str], count: int) -> list[Tab]:
    tabs = [Tab(address, cookies[number % len(cookies)]) for number in range(count)]
    async with browsing() as session:
        for number, tab in enumerate(tabs):
            await tab.load(session, PAGES[number % len(PAGES)])
            await tab.connect()
    return tabs


async def _measure(count: int) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        database = f"sqlite:///{place}/bench.db"
        store, staff = open_store(database), agents(50)
        await store.prepare()
        await fill(store, staff, TICKETS)
        cookies = [await signed_in(store, member) for member in staff]
        async with ConsoleRun(database, Path(place)) as console:
            await _drop(console.address, cookies, 60)
            await asyncio.sleep(70)  # all that the first ones left behind is gone
            before, began = resident(console.pid), time.perf_counter()
            await _drop(console.address, cookies, count)
            took, at_most = time.perf_counter() - began, resident(console.pid)
            await asyncio.sleep(70)
            after = resident(console.pid)
            tabs = await _open(console.address, cookies, OPEN)
            await asyncio.sleep(5)
            full = resident(console.pid)
            for tab in tabs:
                await tab.close()
        await store.close()
    values = {"MB before": before, "MB at the end": at_most, "MB a minute later": after, "s": took}
    return [
        Result(f"{count:,} tabs opened and dropped", values, "within 10 %", after <= before * GROWN),
        Result(f"{OPEN} open tabs, {TICKETS:,} tickets", {"MB": full}, f"<= {MOST:.0f} MB", full <= MOST),
    ]


def main(count: int = DROPPED) -> list[Result]:
    """Measure both."""
    return run(_measure(count))
