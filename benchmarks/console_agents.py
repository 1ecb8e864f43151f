"""What people wait for a reply of the bot while 50 agents work at the console, beside what they wait without.

Bot and console are processes as an operator starts them, on one database; both are measured in turns within one run.
Each agent opens a complaint, writes a draft twice and answers, within about 20 seconds, again and again.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from sqlalchemy import func, select

from benchmarks.console_process import ConsoleRun, Tab, agents, browsing, fill, signed_in
from benchmarks.loops import run
from benchmarks.reply import PEOPLE, Trial
from benchmarks.result import Result, quantile
from benchmarks.witness import Witness
from bot.store import Store, open_store
from bot.store.schema.helpdesk import ticket_entries
from programme.model.tickets import Author
from tests.postgres import new_database, postgres
from tests.processes.sobat_run import SobatRun

AGENTS, TICKETS, ASKED, TURNS = 50, 5_000, 200, 3
PAUSE = 5.0
"""Seconds between two things that an agent does, on average."""

TIMES = 1.25
"""At most: the p99 beside them, in p99s without."""

STRANGERS = 200_000
"""The people who are answered have no complaint: who has one that an agent holds gets no answer of the bot."""

CONSOLE = "https://konsol.example.org"


async def _works(console: ConsoleRun, session: aiohttp.ClientSession, cookie: str, tickets: Sequence[int]) -> None:
    chance = random.Random(cookie)
    await asyncio.sleep(chance.random() * PAUSE)
    while True:
        tab = Tab(console.address, cookie)
        await tab.load(session, f"/konsol/aduan?tumpukan=terbuka&aduan={chance.choice(tickets)}")
        await tab.connect()
        for name, event, words in (
            ("Jawaban untuk peserta", "input", "Halo kak, sebentar"),
            ("Jawaban untuk peserta", "input", "Halo kak, sebentar ya, kami cek dulu."),
            ("Kirim ke peserta", "click", "Halo kak, sebentar ya, kami cek dulu."),
        ):
            await asyncio.sleep(PAUSE * (0.5 + chance.random()))
            await tab.tell(name, event, words)
        await asyncio.sleep(PAUSE * (0.5 + chance.random()))
        await tab.close()


@asynccontextmanager
async def _at_work(console: ConsoleRun, cookies: Sequence[str]) -> AsyncIterator[None]:
    async with browsing() as session, asyncio.TaskGroup() as tasks:
        mine = [range(1 + at, TICKETS, len(cookies)) for at in range(len(cookies))]
        working = [
            tasks.create_task(_works(console, session, cookie, tickets))
            for cookie, tickets in zip(cookies, mine, strict=True)
        ]
        await asyncio.sleep(2 * PAUSE)
        yield
        for each in working:
            each.cancel()


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
        calm, busy = list[float](), list[float]()
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
                    calm += await trial.one_by_one(asked)
                    async with _at_work(console, cookies):
                        busy += await trial.one_by_one(asked)
        answers = await _answers(store)
        await store.close()
    times = quantile(busy, 0.99) / quantile(calm, 0.99)
    values = {
        "p50 calm, ms": quantile(calm, 0.5) * 1000,
        "p50 beside": quantile(busy, 0.5) * 1000,
        "p99 calm, ms": quantile(calm, 0.99) * 1000,
        "p99 beside": quantile(busy, 0.99) * 1000,
        "answers of agents": answers,
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
