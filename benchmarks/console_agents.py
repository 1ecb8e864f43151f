"""What people wait for a reply of the bot while 50 agents work at the console, beside what they wait without.

Bot and console are processes as an operator starts them, on one database; both are measured in turns within one run,
by people who ask one after the other, at the same pace. An agent stays in one tab: opens a complaint, takes it, writes
a draft twice, answers, and then notes something or closes it; within about 20 seconds, again and again.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from socketio.exceptions import SocketIOError
from sqlalchemy import func, select

from benchmarks.console_process import ConsoleRun, Tab, agents, browsing, fill, signed_in
from benchmarks.loops import run
from benchmarks.process import spent
from benchmarks.reply import PEOPLE, Trial
from benchmarks.result import Result, quantile
from benchmarks.witness import Witness
from bot.store import Store, open_store
from bot.store.schema.helpdesk import ticket_entries
from programme.model.tickets import Author
from tests.postgres import new_database, postgres
from tests.processes.sobat_run import SobatRun

AGENTS, TICKETS, ASKED, TURNS = 50, 5_000, 200, 3
PAUSE = 3.0
"""Seconds between two things that an agent does, on average."""

EVERY = 0.1
"""Seconds between two questions."""

TIMES = 1.25
"""At most: the p99 beside them, in p99s without."""

STRANGERS = 200_000
"""The people who are answered have no complaint: who has one that an agent holds gets no answer of the bot."""

ANSWER = "Halo kak, sebentar ya, kami cek dulu."

INBOX = "/konsol/aduan?tumpukan=antrean"
CONSOLE = "https://konsol.example.org"


@dataclass
class Work:
    """What the agents did, each act as they saw it done, and how long a complaint took to be there, in seconds."""

    done: Counter[str] = field(default_factory=Counter)
    opening: list[float] = field(default_factory=list)


@dataclass
class Agent:
    """Somebody who works through their complaints, in one tab."""

    tab: Tab
    tickets: Sequence[int]
    chance: random.Random
    work: Work

    async def run(self) -> None:
        await asyncio.sleep(self.chance.random() * PAUSE * 6)
        while True:
            try:
                await self._one(self.chance.choice(self.tickets))
            except (SocketIOError, TimeoutError, AssertionError):
                self.work.done["given up: the page did not answer"] += 1
                await self._begin()

    async def _begin(self) -> None:
        """Load the page anew, as somebody does who sees that it does nothing any more."""
        await self.tab.close()
        async with browsing() as session:
            await self.tab.load(session, INBOX)
        await self.tab.connect()

    async def _one(self, number: int) -> None:
        began = time.monotonic()
        await self.tab.tell("ticket-list", "click", str(number))
        await self._sees(lambda: self.tab.shows(f"#{number} "))
        self.work.opening.append(time.monotonic() - began)
        await self._thinks()
        if self.tab.hears("Ambil"):
            await self._press("Ambil", {})
        for words in ("Halo kak, sebentar", ANSWER):
            await self.tab.tell("Jawaban untuk peserta", "keydown", 1)
            await self._thinks()
            await self.tab.tell("Jawaban untuk peserta", "input", words)
        await self._press("Kirim ke peserta", ANSWER)
        if self.chance.random() < 0.5:
            await self._press("Catat", "Sudah dicek di dashboard")
        else:
            await self._press("Tutup", {})

    async def _press(self, name: str, told: object) -> None:
        if self.tab.hears(name):
            await self.tab.tell(name, "click", told)
            self.work.done[name] += 1
        await self._thinks()

    async def _thinks(self) -> None:
        await asyncio.sleep(PAUSE * (0.5 + self.chance.random()))

    @staticmethod
    async def _sees(there: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not there():  # noqa: ASYNC110 - as somebody looks at a page
                await asyncio.sleep(0.02)


@asynccontextmanager
async def _at_work(console: ConsoleRun, cookies: Sequence[str], work: Work) -> AsyncIterator[None]:
    """Have all of them work meanwhile, each begun at another moment."""
    tabs = [Tab(console.address, cookie) for cookie in cookies]
    async with browsing() as session, asyncio.TaskGroup() as tasks:
        for tab in tabs:
            await tab.load(session, INBOX)
            await tab.connect()
        working = list[asyncio.Task[None]]()
        for at, tab in enumerate(tabs):
            mine = range(at or len(tabs), TICKETS + 1, len(tabs))
            working.append(tasks.create_task(Agent(tab, mine, random.Random(tab.client), work).run()))
        await asyncio.sleep(PAUSE * 6)
        yield
        for each in working:
            each.cancel()
    for tab in tabs:
        await tab.close()


async def _ask(trial: Trial, count: int) -> list[float]:
    """Let so many ask, at a pace that leaves the machine alone in between."""
    took = list[float]()
    for number in range(count):
        took.append(await trial.asks(1 + number % PEOPLE))
        await asyncio.sleep(max(EVERY - took[-1], 0))
    return took


async def _answers(store: Store) -> int:
    async with store.reading() as tx:
        said = select(func.count()).where(ticket_entries.c.author == Author.AGENT)
        return int((await tx.connection.execute(said)).scalar_one())


async def _measure(database: str, name: str, asked: int) -> Result:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as folder:
        place, staff, store = Path(folder), agents(AGENTS), open_store(database)
        await store.prepare()
        await fill(store, staff, TICKETS)
        cookies = [await signed_in(store, member) for member in staff]
        calm, busy, work, console_busy, bot_busy = list[float](), list[float](), Work(), 0.0, 0.0
        async with Witness() as api:
            for number in range(1, PEOPLE + 1):
                api.user(STRANGERS + number)
            settings = {"CONSOLE_URL": CONSOLE}
            async with (
                SobatRun(api, database, place, settings=settings) as bot,
                ConsoleRun(database, place, settings={**settings, "TELEGRAM_BASE_URL": api.base_url}) as console,
            ):
                trial = Trial(api, bot, name, asked, STRANGERS)
                await trial.one_by_one(asked // 4)  # what is done for the first time
                for _ in range(TURNS):
                    calm += await _ask(trial, asked)
                    async with _at_work(console, cookies, work):
                        began, at_console, at_bot = time.monotonic(), spent(console.pid), spent(bot.pid)
                        busy += await _ask(trial, asked)
                        took = time.monotonic() - began
                        console_busy += (spent(console.pid) - at_console) / took / TURNS
                        bot_busy += (spent(bot.pid) - at_bot) / took / TURNS
        answers = await _answers(store)
        await store.close()
    times = quantile(busy, 0.99) / quantile(calm, 0.99)
    values = {
        "p50 calm, ms": quantile(calm, 0.5) * 1000,
        "p50 beside": quantile(busy, 0.5) * 1000,
        "p99 calm, ms": quantile(calm, 0.99) * 1000,
        "p99 beside": quantile(busy, 0.99) * 1000,
        "console, % of a core": console_busy * 100,
        "bot, % of a core": bot_busy * 100,
        "a complaint is there, p50 ms": quantile(work.opening, 0.5) * 1000,
        "its p99": quantile(work.opening, 0.99) * 1000,
        "answers of agents": answers,
        **{f"pressed {name}": count for name, count in work.done.items()},
        "times": times,
    }
    return Result(f"{name}, {AGENTS} agents at work", values, f"p99 <= {TIMES} times", times <= TIMES)


async def _both(asked: int) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as folder:
        found = [await _measure(f"sqlite:///{folder}/bench.db", "SQLite", asked)]
    with postgres(durable=True) as server, new_database(server, "agents", durable=True) as url:
        found.append(await _measure(url, "PostgreSQL", asked))
    return found


def main(asked: int = ASKED) -> list[Result]:
    """Measure on both databases."""
    return run(_both(asked))
