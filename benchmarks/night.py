"""What a reply waits for while the jobs of the night run, among millions of rows of a year."""

# ruff: noqa: S608 - the statements are put together from words of this file alone

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text

from benchmarks.calibration import Watch, calibrated
from benchmarks.loops import run
from benchmarks.people import MONDAY, NOT_BOUGHT, WORDS, a_store, carried_over, ordered, settle_people
from benchmarks.result import Result, quantile
from bot.app.retention import Retention
from bot.broadcasts.jobs import BroadcastJobs
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.store import Store
from programme.model.broadcasts import BroadcastAct, Draft
from programme.model.clock import SetClock
from programme.model.messages import Incoming, Sort
from programme.model.staff import Role, StaffMember
from programme.programme import load_programme
from reminders.policy import load_policy
from tests.postgres import postgres

ROWS = 10_000_000
_PEOPLE = 100_000
_OFTEN = 0.002  # seconds between two who want to write
_FOR = 20.0  # seconds of a night's job that are looked at
_LONGEST = 200  # laps: 20 ms, where a lap takes a tenth of a millisecond


async def _fill(store: Store, rows: int, days: int) -> None:
    """Put `rows` handled messages and as many sent replies into the store, all of them so many days old."""
    moment, numbers, digest = _words(store, f"'{MONDAY - timedelta(days=days):%Y-%m-%d %H:%M:%S}.000000'")
    traces = f"INSERT INTO inbox (digest, at, handled_at) {numbers} SELECT {digest}, {moment}, {moment} FROM n"
    address = "CAST(100000 + i AS text)"
    sent = (
        "INSERT INTO deliveries (participant, source, kind, due_at, message, channel, address, state, attempt, "
        f"failures, via_channel, via_address, closed_at, provider_id) {numbers} "
        f"SELECT i % {_PEOPLE}, 'reply/' || i || '/0', 0, {moment}, "
        f"'{{\"text\"\\:\"Batas belimu Kamis, 21 Oktober 2021 pukul 23.59 WIB.\"}}', 'telegram', {address}, "
        f"'sent', 1, 0, 'telegram', {address}, {moment}, CAST(i AS text) FROM n"
    )
    for first in range(1, rows + 1, 500_000):
        given = {"first": first, "last": min(first + 499_999, rows)}
        async with store.writing() as tx:
            await tx.connection.execute(text(traces), given)
            await tx.connection.execute(text(sent), given)


def _words(store: Store, moment: str) -> tuple[str, str, str]:
    """Say a moment, many numbers and a random digest as the database says them."""
    if store.directory is not None:
        numbers = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
        return moment, numbers, "randomblob(32)"
    numbers = "WITH n(i) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)))"
    return f"(TIMESTAMP {moment} AT TIME ZONE 'UTC')", numbers, "sha256(CAST(CAST(i AS text) AS bytea))"


class _Waits:
    """Somebody who wants to write every moment, as a reply does; how long each had to wait until it was written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seconds: list[float] = []

    async def run(self) -> None:
        while True:
            began = time.perf_counter()
            async with self._store.writing(at_once=True) as tx:
                await tx.inbox.add(self._said())
                self.seconds.append(time.perf_counter() - began)
            await asyncio.sleep(_OFTEN)

    @staticmethod
    def _said() -> Incoming:
        return Incoming(channel="telegram", address="1", id=str(uuid4()), at=MONDAY, sort=Sort.TEXT, text="halo")


@asynccontextmanager
async def _waiting(store: Store) -> AsyncIterator[_Waits]:
    waits = _Waits(store)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(waits.run())
        yield waits
        task.cancel()


async def _measured(name: str, store: Store, job: Callable[[], Awaitable[object]]) -> Result:
    """Run a job, or so many seconds of it, beside somebody who wants to write."""
    with calibrated() as lap:
        watch, ended = Watch(), True
        async with _waiting(store) as waits:
            try:
                async with asyncio.timeout(_FOR):
                    await job()
            except TimeoutError:
                ended = False
        took, _ = watch.read()
    slowest = max(waits.seconds)
    values = {
        "s until it ended" if ended else "s looked at": took,
        "writes beside": len(waits.seconds),
        "ms waited at most": slowest * 1000,
        "ms by 999 of 1,000": quantile(waits.seconds, 0.999) * 1000,
        "laps at most": slowest / lap.wall,
    }
    return Result(name, values, f"<= {_LONGEST} laps", slowest <= _LONGEST * lap.wall)


async def _announce(store: Store) -> list[Result]:
    """Plan a broadcast, a stretch at a time, and call it off; what nobody was told of it goes."""
    await settle_people(store, _PEOPLE)
    draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS})
    rounds = BroadcastJobs(store, load_programme(), load_broadcast_rules(1000.0))
    async with store.writing() as tx:
        number = await ordered(tx, draft, _PEOPLE)

    async def call_off() -> None:
        office = BroadcastService(store, rounds.programme, load_policy(), rounds.rules)
        member = StaffMember(channel="terminal", address="bench", role=Role.ADMIN, name="bench")
        async with store.writing() as tx:
            await office.act(tx, number, BroadcastAct.CANCEL, member)
        await rounds.run()

    planned = await _measured(f"{rounds.rules.window:,} of an announcement planned", store, rounds.run)
    return [planned, await _measured("called off", store, call_off)]


async def _sqlite(rows: int) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        file = Path(place) / "tidy.db"
        async with a_store(f"sqlite:///{file}") as store:
            await _fill(store, rows, days=1)
            carried_over(file)
            emptied = await _measured(f"a log of {_megabytes(file)} MB emptied", store, lambda: _emptied(store))
            return [emptied, *await _tidied(store, f"{rows:,} + {rows:,}, SQLite"), *await _announce(store)]


async def _postgresql(rows: int) -> list[Result]:
    with postgres(durable=True) as server:
        async with a_store(server) as store:
            await _fill(store, rows, days=1)
            return await _tidied(store, f"{rows:,} + {rows:,}, PostgreSQL")


async def _tidied(store: Store, of: str) -> list[Result]:
    nothing = await _measured(f"nothing to drop among {of}", store, _tidy(store))
    return [nothing, await _measured(f"everything to drop of {of}", store, _tidy(store, later=400))]


async def _emptied(store: Store) -> None:
    """Have what was deleted go from the log of an SQLite file, and wait for it."""
    store.wipe()
    while store._disk._wiping:  # noqa: ASYNC110 - a thread does it, and tells nobody
        await asyncio.sleep(0.1)


def _megabytes(file: Path) -> str:
    return f"{Path(f'{file}-wal').stat().st_size >> 20:,}"


def _tidy(store: Store, later: int = 0) -> Callable[[], Awaitable[object]]:
    store.clock = SetClock(MONDAY + timedelta(days=later))
    return Retention(store).drop


def main(rows: int = ROWS) -> list[Result]:
    gc.freeze()  # as a service does once it has started
    return [*run(_sqlite(rows)), *run(_postgresql(max(rows // 10, 1)))]
