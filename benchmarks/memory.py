"""A worker's memory over 800,000 deliveries."""

from __future__ import annotations

import asyncio
import resource

from benchmarks.bench import Result, run, serving, states
from benchmarks.planned_wave import a_planned_wave
from bot.outbound.worker import Worker

COUNT = 800_000


def _resident() -> float:
    with open("/proc/self/statm") as told:  # noqa: PTH123 - not a file on disk
        return int(told.read().split()[1]) * resource.getpagesize() / 2**20


async def ours(address: str, count: int) -> Result:
    async with a_planned_wave(address, count) as sender:
        seen: list[float] = []

        async def watch() -> None:
            while True:
                await asyncio.sleep(1)
                seen.append(_resident())

        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(watch())
            await Worker(sender).drain()
            watching.cancel()
        assert (await states(sender.store)).get("sent") == count, await states(sender.store)
    quarter = max(len(seen) // 4, 1)
    growth = max(seen[-quarter:]) - max(seen[:quarter])
    values = {"MB at most": max(seen), "MB more in the last quarter than in the first": growth}
    return Result(f"worker over {count:,} deliveries (SQLite)", values, "<= 120 MB, flat", max(seen) <= 120)


def main(count: int = COUNT) -> list[Result]:
    with serving() as address:
        return [run(ours(address, count))]
