"""A worker's memory over 800,000 deliveries."""

from __future__ import annotations

import asyncio

from benchmarks.loops import run
from benchmarks.process import resident
from benchmarks.result import Result
from benchmarks.server import serving
from benchmarks.wave import a_planned_wave
from bot.outbound.worker import Worker

COUNT, MOST = 800_000, 120  # deliveries, MB


async def _ours(address: str, count: int) -> Result:
    seen: list[float] = []

    async def watch() -> None:
        while True:
            await asyncio.sleep(1)
            seen.append(resident())

    async with a_planned_wave(address, count) as sender, asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(watch())
        await Worker(sender).drain()
        watching.cancel()
    seen.append(resident())
    quarter = max(len(seen) // 4, 1)
    growth = max(seen[-quarter:]) - max(seen[:quarter])
    values = {"MB at most": max(seen), "MB more in the last quarter than in the first": growth}
    return Result(f"worker over {count:,} deliveries (SQLite)", values, f"<= {MOST} MB, flat", max(seen) <= MOST)


def main(count: int = COUNT) -> list[Result]:
    with serving() as address:
        return [run(_ours(address, count))]
