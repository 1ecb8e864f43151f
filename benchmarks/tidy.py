"""What a reply waits for while the jobs of the night run, among the traces of millions of people."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

from benchmarks.calibration import Watch, calibrated
from benchmarks.crowd import a_crowd
from benchmarks.loops import run
from benchmarks.people import MONDAY, NOT_BOUGHT, WORDS, ordered
from benchmarks.result import Result, quantile
from bot.app.retention import Retention
from bot.broadcasts.jobs import BroadcastJobs
from bot.broadcasts.rules import load_broadcast_rules
from bot.broadcasts.service import BroadcastService
from bot.store import Store, open_store
from programme.model.broadcasts import BroadcastAct, Draft
from programme.model.clock import SetClock
from programme.model.messages import Incoming, Sort
from programme.model.staff import Role, StaffMember
from programme.programme import load_programme
from reminders.policy import load_policy
from tests.postgres import postgres

PEOPLE = 10_000_000
_OFTEN = 0.002  # seconds between two who want to write
_FOR = 20.0  # seconds of a night's job that are looked at
_LONGEST = 200  # laps: 20 ms, where a lap takes a tenth of a millisecond


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


async def _night(url: str, where: str) -> list[Result]:
    """Let the jobs of a night run, on a day with nothing to drop and on one with everything."""
    clock = SetClock(MONDAY)
    store = open_store(url, clock)
    retention = Retention(store)
    jobs = BroadcastJobs(store, load_programme(), load_broadcast_rules(1000.0))
    broadcasts = BroadcastService(store, jobs.programme, load_policy(), jobs.rules)
    async with store.writing() as tx:
        number = await ordered(tx, Draft(audience=NOT_BOUGHT, messages={"id": WORDS}), jobs.rules.window)

    async def call_off() -> None:
        member = StaffMember(channel="terminal", address="bench", role=Role.ADMIN, name="bench")
        async with store.writing() as tx:
            await broadcasts.act(tx, number, BroadcastAct.CANCEL, member)
        await jobs.run()

    lines = [
        await _measured(f"nothing to drop, {where}", store, retention.drop),
        await _measured(f"{jobs.rules.window:,} of a broadcast planned, {where}", store, jobs.run),
        await _measured(f"called off, {where}", store, call_off),
    ]
    clock.set(MONDAY + timedelta(days=400))
    lines.append(await _measured(f"everything to drop, {where}", store, retention.drop))
    if store.directory is not None:
        lines.append(await _measured(f"what was deleted wiped from the log, {where}", store, lambda: _wiped(store)))
    await store.close()
    return lines


async def _wiped(store: Store) -> None:
    """Have what was deleted go from the log of an SQLite file, and wait for it."""
    store.wipe()
    while store._disk._wiping:  # noqa: ASYNC110 - a thread does it, and tells nobody
        await asyncio.sleep(0.1)


async def _among(people: int, server: str | None = None) -> list[Result]:
    async with a_crowd(people, server) as url:
        return await _night(url, f"{'SQLite' if server is None else 'PostgreSQL'}, {people:,} people")


def main(people: int = PEOPLE) -> list[Result]:
    gc.freeze()  # as a service does once it has started
    results = run(_among(people))
    with postgres(durable=True) as server:
        return [*results, *run(_among(max(people // 10, 1000), server))]
