"""A roster of 800,000 rows: taken in, and again unchanged, beside plain csv, hashing and `executemany`.

The import runs as an operator runs it, in a process of its own; meanwhile a bot's small transactions knock every
20 ms at the same database, and it is measured for how long they wait.
"""

from __future__ import annotations

import asyncio
import csv
import hashlib
import hmac
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

from benchmarks.bench import MONDAY, Result, quantile
from bot.store import open_store

PEOPLE = 800_000
KNOCKS = 0.02  # seconds between two transactions of the bot
NEW_SHARE, UNCHANGED_SHARE, MEMORY, WAIT = 45 / 29, 20 / 29, 150, 20
HEADING = ("phone", "wave", "passed_on", "zone", "bought_on", "platform", "completed_on")
_ENVIRONMENT = {"SOBAT_SECRET": "kJ8x2LqP9wZr4TnVb7YcQm", "TELEGRAM_TOKEN": "", "DATABASE_URL": ""}


@dataclass
class Run:
    """One import in a process of its own; seconds and MiB."""

    wall: float
    cpu: float
    memory: float
    waits: list[float]


def main(people: int = PEOPLE) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        roster = Path(place) / "roster.csv"
        _write(roster, people)
        base_wall, base_cpu = _plainly(roster, Path(place) / "plain.db")
        database = Path(place) / "bench.db"
        new = asyncio.run(_import(roster, database))
        unchanged = asyncio.run(_import(roster, database))
        assert _count(database) == people
    return [
        Result(f"{people:,} rows by csv, hashing and executemany", {"s": base_wall, "s of processor": base_cpu}),
        _told(f"{people:,} new rows imported", new, base_wall, NEW_SHARE),
        _told("the same list again", unchanged, base_wall, UNCHANGED_SHARE),
        _waited("a bot's transaction beside it", new.waits),
    ]


def _told(name: str, run: Run, base: float, share: float) -> Result:
    values = {"s": run.wall, "times the plain one": run.wall / base, "s of processor": run.cpu, "MiB": run.memory}
    met = run.wall <= share * base and run.memory < MEMORY
    return Result(name, values, f"at most {share:.2f} times the plain one, under {MEMORY} MiB", met)


def _waited(name: str, waits: list[float]) -> Result:
    p50, p99 = (quantile(waits, share) * 1000 for share in (0.5, 0.99))
    values = {"ms p50": p50, "ms p99": p99, "ms at most": max(waits) * 1000, "transactions": len(waits)}
    return Result(name, values, f"p99 at most {WAIT} ms", p99 <= WAIT)


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


def _plainly(roster: Path, database: Path) -> tuple[float, float]:
    """Do the least that has to be done: read, hash, insert; return wall and processor seconds."""
    with closing(sqlite3.connect(database)) as connection, roster.open(newline="", encoding="utf-8") as text:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("CREATE TABLE roster (phone_hash TEXT PRIMARY KEY, wave, passed_on, zone, progress)")
        wall, cpu = time.perf_counter(), time.process_time()
        rows = (
            (
                hmac.new(b"key", f"+62{row['phone'][1:]}".encode(), hashlib.sha256).hexdigest(),
                int(row["wave"]),
                date.fromisoformat(row["passed_on"]).isoformat(),
                row["zone"],
                row["bought_on"],
            )
            for row in csv.DictReader(text)
        )
        with connection:
            connection.executemany("INSERT INTO roster VALUES (?, ?, ?, ?, ?)", rows)
        return time.perf_counter() - wall, time.process_time() - cpu


async def _import(roster: Path, database: Path) -> Run:
    store = open_store(f"sqlite:///{database}")
    await store.prepare()
    words = ["-c", "from bot.cli.main import app; app()", "import", "roster", str(roster)]
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
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, waits)


def _count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        found: int = connection.execute("SELECT count(*) FROM roster").fetchone()[0]
        return found
