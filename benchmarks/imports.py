"""A roster of 800,000 rows: taken in, and again unchanged, while the bot works on the same database.

The import runs as an operator runs it, in a process of its own; the bot's small transactions knock every 20 ms, and
it is measured for how long they wait.
"""

from __future__ import annotations

import asyncio
import csv
import os
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.calibration import Lap, calibrated
from benchmarks.loops import run
from benchmarks.people import MONDAY
from benchmarks.result import Result, quantile
from bot.store import open_store
from tests.processes.sobat_run import SOBAT

PEOPLE = 800_000
KNOCKS = 0.02  # seconds between two transactions of the bot
NEW, UNCHANGED, WAIT = 0.28, 0.13, 200  # laps: of the processor a row, twice, and by the clock
MEMORY = 150  # MiB
HEADING = ("phone", "wave", "passed_on", "zone", "bought_on", "platform", "completed_on")
_ENVIRONMENT = {"SOBAT_SECRET": "kJ8x2LqP9wZr4TnVb7YcQm", "TELEGRAM_TOKEN": "", "DATABASE_URL": ""}


@dataclass
class Import:
    """One import in a process of its own; seconds and MiB."""

    wall: float
    cpu: float
    memory: float
    waits: list[float]


def main(people: int = PEOPLE) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        roster, database = Path(place) / "roster.csv", Path(place) / "bench.db"
        _write(roster, people)
        with calibrated() as lap:
            new = run(_import(roster, database))
        with calibrated() as later:
            unchanged = run(_import(roster, database))
        assert _count(database) == people
    return [
        _told(f"{people:,} new rows imported", new, people, lap, NEW),
        _told("the same list again", unchanged, people, later, UNCHANGED),
        _waited("a bot's transaction beside the new rows", new.waits, lap),
    ]


def _told(name: str, run: Import, rows: int, lap: Lap, most: float) -> Result:
    laps = run.cpu / rows / lap.cpu
    values = {"s": run.wall, "s of processor": run.cpu, "CPU laps a row": laps, "MiB": run.memory}
    met = laps <= most and run.memory < MEMORY
    return Result(name, values, f"<= {most:g} CPU laps a row, under {MEMORY} MiB", met)


def _waited(name: str, waits: list[float], lap: Lap) -> Result:
    p99 = quantile(waits, 0.99)
    values = {"ms p50": quantile(waits, 0.5) * 1000, "ms p99": p99 * 1000, "ms at most": max(waits) * 1000}
    return Result(name, {**values, "laps at p99": p99 / lap.wall}, f"p99 <= {WAIT} laps", p99 <= WAIT * lap.wall)


def _write(file: Path, people: int) -> None:
    chance, began = random.Random(21), date(2021, 9, 22)
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(HEADING)
        for number in range(people):
            bought = began + timedelta(days=chance.randrange(1, 28)) if chance.random() < 0.5 else None
            done = bought + timedelta(days=chance.randrange(1, 14)) if bought and chance.random() < 0.5 else None
            zone = ("WIB", "WIB", "WITA", "WIT")[number % 4]
            phone = f"08{11 + number % 80}{10_000_000 + number}"
            writer.writerow((phone, 21, began, zone, bought or "", "Tokopedia" if bought else "", done or ""))


async def _import(roster: Path, database: Path) -> Import:
    store = open_store(f"sqlite:///{database}")
    await store.prepare()
    words = [*SOBAT, "import", "roster", str(roster)]
    began = time.perf_counter()
    process = os.posix_spawn(  # noqa: ASYNC221 - it returns at once
        sys.executable,
        [sys.executable, *words, "--database", f"sqlite:///{database}"],
        os.environ | _ENVIRONMENT,
        file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)],
    )
    try:
        waits: list[float] = []
        while (ended := os.wait4(process, os.WNOHANG))[0] == 0:  # noqa: ASYNC222 - it only looks
            since = time.perf_counter()
            async with store.writing(at_once=True) as tx:
                await tx.cutoffs.remember(21, MONDAY)
            waits.append(time.perf_counter() - since)
            await asyncio.sleep(KNOCKS)
    finally:
        await store.close()
    _, status, used = ended
    assert status == 0, status
    return Import(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, waits)


def _count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        found: int = connection.execute("SELECT count(*) FROM roster").fetchone()[0]
        return found
