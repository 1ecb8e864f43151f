"""What somebody waits for a reply of `sobat run`: polling and webhook, SQLite and PostgreSQL, calm and beside others.

The bot is a process as an operator starts it, on a database whose commits wait for the disk; Telegram is the strict
fake of the tests, in this process. A wait begins when the update is there to be fetched or posted and ends when the
reply has arrived, HTTP and the fake's own work included. Measured calmly; with 64 people at once; beside a script that
opens the chat page as somebody new again and again; and beside a broadcast.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from benchmarks.calibration import calibrated
from benchmarks.loops import run
from benchmarks.people import NOT_BOUGHT, WORDS, ordered, settle_people
from benchmarks.process import spent
from benchmarks.result import Result, quantile
from benchmarks.witness import Witness
from bot.store import Store, open_store
from programme.model.broadcasts import Draft
from tests.postgres import new_database, postgres
from tests.processes.sobat_run import SobatRun

QUESTIONS = ("status saya", "gel 21 terakhir kapan?", "menu", "cara beli pelatihan", "insentif belum cair")
PEOPLE, AT_ONCE = 1000, 64
RATE, WAVE = 300, 100_000
"""The broadcast: messages a second, and people. The strict fake could not carry 1,000 a second beside the bot."""

VISITS_AT_ONCE = 50
CALM_LAPS = {"SQLite": 60, "PostgreSQL": 120}
"""At most, by the clock, for a calm reply (p50)."""

CPU_LAPS = {"SQLite": 60, "PostgreSQL": 85}
"""At most, of the bot's processor, for a conversation at full speed."""

BUSY_TIMES, CROWD_SECONDS = 2, 1.0
"""At most: times the calm p99 beside a broadcast; seconds beside the page's crowd (p99)."""


@dataclass
class Trial:
    """One bot with people who write to it."""

    api: Witness
    bot: SobatRun
    name: str
    size: int
    first: int = 100_000
    """The address before that of the first person."""

    @property
    def database(self) -> str:
        return self.name.split()[-1]

    async def asks(self, person: int) -> float:
        """Let a person ask; return the seconds until the reply has arrived."""
        user = self.api.user(self.first + person)
        arrived = self.api.next_to(user.id)
        began = time.monotonic()
        await user.says(QUESTIONS[person % len(QUESTIONS)])
        return await asyncio.wait_for(arrived, 60) - began

    async def one_by_one(self, count: int) -> list[float]:
        """Let one person after the other ask."""
        return [await self.asks(1 + number % PEOPLE) for number in range(count)]

    async def at_once(self, count: int) -> list[float]:
        """Let so many ask, always `AT_ONCE` of them at the same time."""
        numbers, took = iter(range(count)), list[float]()

        async def ask() -> None:
            for number in numbers:
                took.append(await self.asks(1 + number % PEOPLE))

        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(ask())
        return took

    async def calm(self) -> tuple[Result, float]:
        """Nobody else is there."""
        with calibrated() as lap:
            took = await self.one_by_one(self.size)
        laps = quantile(took, 0.5) / lap.wall
        values, most = {**_waits(took), "laps at p50": laps}, CALM_LAPS[self.database]
        return Result(f"{self.name}, calm", values, f"p50 <= {most} laps", laps <= most), quantile(took, 0.99)

    async def full(self) -> Result:
        """As many write as can be answered."""
        with calibrated() as lap:
            began, before = time.perf_counter(), spent(self.bot.pid)
            took = await self.at_once(self.size * 3)
            wall, cpu = time.perf_counter() - began, spent(self.bot.pid) - before
        each = cpu / len(took)
        values = {**_waits(took), "a second": len(took) / wall, "a core-second of the bot": 1 / each}
        laps, most = each / lap.cpu, CPU_LAPS[self.database]
        values |= {"CPU laps each": laps}
        return Result(f"{self.name}, {AT_ONCE} at once", values, f"<= {most} CPU laps each", laps <= most)

    async def beside_a_broadcast(self, store: Store, calm: float) -> Result:
        """A broadcast goes out to people who never write."""
        async with store.writing() as tx:
            await ordered(tx, Draft(audience=NOT_BOUGHT, messages={"id": WORDS}), WAVE)
        async with asyncio.timeout(60):
            while not self._broadcast_sent():  # noqa: ASYNC110 - another process sends it
                await asyncio.sleep(0.1)
        began, sent = time.perf_counter(), self._broadcast_sent()
        took = await self.one_by_one(self.size)
        rate = (self._broadcast_sent() - sent) / (time.perf_counter() - began)
        times = quantile(took, 0.99) / calm
        values = {**_waits(took), "of the broadcast a second": rate, "times the calm p99": times}
        return Result(
            f"{self.name}, beside a broadcast", values, f"p99 <= {BUSY_TIMES} times calm", times <= BUSY_TIMES
        )

    async def beside_a_crowd(self) -> Result:
        """A script opens the chat page, each time as somebody new."""
        opened, numbers = Counter[bool](), iter(range(1_000_000))

        async def open_pages(session: aiohttp.ClientSession) -> None:
            for number in numbers:
                cookie = {"Cookie": f"sobat={number:022d}"}
                async with session.get(self.bot.address, headers=cookie) as answer:
                    await answer.read()
                opened[answer.status == 200] += 1

        before = _memory(self.bot.pid)
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
            asyncio.TaskGroup() as tasks,
        ):
            crowd = [tasks.create_task(open_pages(session)) for _ in range(VISITS_AT_ONCE)]
            await asyncio.sleep(1)
            took = await self.one_by_one(self.size)
            for visitor in crowd:
                visitor.cancel()
        values = {
            **_waits(took),
            "visits": opened.total(),
            "of them served": opened[True],
            "MB grown": _memory(self.bot.pid) - before,
        }
        met = quantile(took, 0.99) <= CROWD_SECONDS
        return Result(f"{self.name}, beside a crowd at the page", values, f"p99 <= {CROWD_SECONDS:g} s", met)

    def _broadcast_sent(self) -> int:
        return sum(WORDS.text[-20:] in words for _, words, _ in self.api.taken)


def _waits(took: list[float]) -> dict[str, float]:
    return {f"ms p{share:g}": quantile(took, share / 100) * 1000 for share in (50, 99)}


def _memory(pid: int) -> float:
    """Return the most memory that a process ever had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


@asynccontextmanager
async def _trial(database: str, name: str, *, webhook: bool, size: int) -> AsyncIterator[tuple[Trial, Store]]:
    settings = {"WEB_CHAT": "on", "TELEGRAM_RATE": str(RATE), "TELEGRAM_PAID_BROADCAST": "true"}
    store = open_store(database)
    await store.prepare()
    await settle_people(store, WAVE)
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        async with Witness() as api, SobatRun(api, database, Path(place), webhook, settings) as bot:
            api.connections = 40  # as many as Telegram has by default
            api.state.open_doors = True
            trial = Trial(api, bot, name, size)
            await trial.asks(1)
            await trial.at_once(PEOPLE)  # everything is warm
            yield trial, store
    await store.close()


async def measure(database: str, name: str, *, webhook: bool, size: int) -> list[Result]:
    """Return what people wait on this empty database."""
    async with _trial(database, name, webhook=webhook, size=size) as (trial, store):
        calm, p99 = await trial.calm()
        return [
            calm,
            await trial.full(),
            await trial.beside_a_crowd(),
            await trial.beside_a_broadcast(store, p99),
        ]


def main(size: int = 500) -> list[Result]:
    results = []
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place, postgres(durable=True) as server:
        for webhook in (False, True):
            mode = "webhook" if webhook else "polling"
            results += run(measure(f"sqlite:///{place}/{mode}.db", f"{mode}, SQLite", webhook=webhook, size=size))
            with new_database(server, mode, durable=True) as database:
                results += run(measure(database, f"{mode}, PostgreSQL", webhook=webhook, size=size))
    return results
