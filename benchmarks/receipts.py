"""3,000 statuses a second for a while, as Meta posts them, while people go on writing: what both cost, and wait.

The bot is `sobat run` in a process of its own, with nothing but WhatsApp; the strict fake of the tests stands for Meta
in this process, and the statuses of a broadcast to many come beside it. Some are alone in a post, most in batches. Both
sides are served first by the machine, where that is permitted: what is asked is what one core can do, not who else is
on it. The database is not.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select, update

from benchmarks.calibration import calibrated
from benchmarks.loops import run
from benchmarks.people import NOT_BOUGHT, NUMBER, WHATSAPP_FIRST, WORDS, Place, ordered, settle_people
from benchmarks.process import resident, spent
from benchmarks.receipt_posts import Post, posts, statuses_in
from benchmarks.result import Result, quantile
from benchmarks.server import take_precedence
from bot.channels.wire import AnswerLost, NotSent, Wire
from bot.store import Store, open_store
from bot.store.schema.staff import broadcasts, handing_out
from bot.store.schema.traffic import broadcast_deliveries, charges
from programme.model.broadcasts import BroadcastState, Draft
from programme.model.clock import SystemClock
from programme.model.receipts import ReceiptState
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.graph import APP_SECRET, VERIFY_TOKEN, FakeGraph
from tests.postgres import new_database, postgres
from tests.processes.sobat_run import SobatRun

RATE, SECONDS = 3000, 20  # statuses
ASKED = 20  # questions a second
QUESTIONS = ("status saya", "gel 21 terakhir kapan?", "menu", "cara beli pelatihan", "insentif belum cair")
WRITERS, FIRST_WRITER = 200, 6_285_700_000_000
AT_ONCE = 64  # posts that Meta has under way
MOST_MS = 50.0  # p99 of a reply beside the statuses
GROWTH = 10.0  # MB from the middle to the end


@dataclass
class Trial:
    """The bot, Meta's two sides, and what was measured so far."""

    graph: FakeGraph
    bot: SobatRun
    asked: int = 0
    waits: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)

    async def ask(self) -> None:
        """Have the next person ask, and wait for the answer."""
        self.asked += 1
        person = self.graph.user(str(FIRST_WRITER + self.asked % WRITERS))
        heard, began = len(person.heard), time.monotonic()
        await person.says(QUESTIONS[self.asked % len(QUESTIONS)])
        await person.hears(within=60, more_than=heard)
        self.waits.append(time.monotonic() - began)

    async def converse(self, seconds: float) -> list[float]:
        """Have `ASKED` people a second ask, whether or not the others were answered; return their waits."""
        self.waits = []
        async with asyncio.TaskGroup() as tasks:
            for _ in range(int(seconds * ASKED)):
                tasks.create_task(self.ask())
                await asyncio.sleep(1 / ASKED)
        return self.waits

    async def tell(self, made: Sequence[Post], rate: float) -> float:
        """Post these at so many statuses a second; return the seconds that it took."""
        wire = Wire(self.bot.address, AT_ONCE)
        start, _, length = wire.head("/whatsapp").rpartition(b"Content-Length")
        began, due, left = time.monotonic(), 0, iter(made)

        async def one_after_the_other() -> None:
            nonlocal due
            for header, body, count in left:
                due += count
                await asyncio.sleep(max(0.0, began + due / rate - time.monotonic()))
                try:
                    status, _ = await wire.post(b"%b%bContent-Length%b" % (start, header, length), body)
                except (NotSent, AnswerLost):
                    status = 0
                self.answers[status] += count

        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(one_after_the_other())
        took = time.monotonic() - began
        wire.close()
        return took


async def _owed(store: Store, people: int) -> int:
    """Have a broadcast sent to so many, of which WhatsApp told nothing yet; return its number."""
    await settle_people(store, people, Place("whatsapp", WHATSAPP_FIRST, SystemClock().now()))
    draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS})
    async with store.writing() as tx:
        number = await ordered(tx, draft, people)
        await tx.broadcasts.plan(number, most=people)
        taken = {"state": "sent", "attempt": 1, "via_channel": "whatsapp", "via_address": "62", "closed_at": tx.now}
        await tx.connection.execute(update(broadcast_deliveries).values(**taken))
        await tx.connection.execute(update(handing_out).values(handed_to=people))
        await tx.connection.execute(update(broadcasts).values(planned_all=True, state=BroadcastState.DONE))
    return number


@asynccontextmanager
async def _trial(database: str) -> AsyncIterator[Trial]:
    settings = {
        "TELEGRAM_TOKEN": "",
        "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
        "WHATSAPP_ACCOUNT_ID": "102290129340398",
        "WHATSAPP_APP_SECRET": APP_SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
        "SOBAT_SECRET": "0123456789abcdefghij",
    }
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        async with FakeGraph(clock=SystemClock()) as graph:
            graph.limits.per_second, graph.hooks.connections = None, 8
            settings |= {"WHATSAPP_TOKEN": graph.token, "WHATSAPP_BASE_URL": f"{graph.base_url}/v26.0"}
            async with SobatRun(FakeBotApi(), database, Path(place), settings=settings) as bot:
                take_precedence(bot.pid, 5)
                await _connected(graph, bot)
                trial = Trial(graph, bot)
                await trial.converse(WRITERS / ASKED)  # everybody is known, everything is warm
                yield trial


async def _connected(graph: FakeGraph, bot: SobatRun) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                return await graph.connect(f"{bot.address}/whatsapp")
            except (OSError, AssertionError):
                await asyncio.sleep(0.1)


async def _beside(trial: Trial, made: Sequence[Post], rate: float) -> tuple[float, list[float]]:
    """Tell of these while people write; return the seconds that took, and what people waited."""
    telling = asyncio.ensure_future(trial.tell(made, rate))
    waits = await trial.converse(statuses_in(made) / rate)
    return await telling, waits


async def measure(database: str, name: str, *, seconds: int) -> list[Result]:
    """Return what statuses cost on this empty database, and what people wait beside them."""
    people = RATE * seconds // 3
    store = open_store(database)
    await store.prepare()
    made = posts(await _owed(store, people), people)
    async with _trial(database) as trial:
        pid, middle = trial.bot.pid, len(made) // 2
        with calibrated() as lap:
            before = spent(pid)
            calm = await trial.converse(seconds / 2)
            talk = (spent(pid) - before) / len(calm)
            before = spent(pid)
            first, waits = await _beside(trial, made[:middle], RATE)
            half = resident(pid)
            second, more = await _beside(trial, made[middle:], RATE)
            cpu, grown = spent(pid) - before, resident(pid) - half
        told = statuses_in(made)
        each = (cpu - talk * len(waits + more)) / told
        costs = {"a second": told / (first + second), "us of the processor each": each * 1e6}
        costs |= {"CPU laps each": each / lap.cpu, "not answered with 200": told - trial.answers[200]}
        costs |= {"% of a core, conversations included": cpu / (first + second) * 100, "MB more": grown}
        kept = await _kept(store, people)
    await store.close()
    p99 = quantile(waits + more, 0.99) * 1000
    met = costs["a second"] >= RATE * 0.98 and not costs["not answered with 200"] and grown < GROWTH
    return [
        Result(f"{name}, {told:,} statuses", costs, f">= 98 % of {RATE:,}/s, flat", met and kept == people),
        Result(f"{name}, {ASKED} questions/s, calm", _waits(calm)),
        Result(f"{name}, {ASKED} questions/s beside it", _waits(waits + more), f"p99 < {MOST_MS:g} ms", p99 < MOST_MS),
        Result(f"{name}, read by and charged for once", {"people": kept}, f"{people:,}", kept == people),
    ]


def _waits(took: Sequence[float]) -> dict[str, float]:
    return {f"ms p{share}": quantile(took, share / 100) * 1000 for share in (50, 99)} | {"asked": len(took)}


async def _kept(store: Store, people: int) -> int:
    """Return how many are known to have read theirs; 0 where they were not charged for once each."""
    async with store.reading() as tx:
        read = select(func.count()).where(broadcast_deliveries.c.receipt == ReceiptState.READ)
        charged = select(func.coalesce(func.sum(charges.c["count"]), 0)).where(charges.c.kind == "broadcast")
        found = (await tx.connection.execute(read)).scalar_one()
        return int(found) if (await tx.connection.execute(charged)).scalar_one() == people else 0


def main(seconds: int = SECONDS) -> list[Result]:
    results = []
    take_precedence()  # the bot, started from here, gives it up again
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place, postgres(durable=True) as server:
        results += run(measure(f"sqlite:///{place}/receipts.db", "SQLite", seconds=seconds))
        with new_database(server, "receipts", durable=True) as database:
            results += run(measure(database, "PostgreSQL", seconds=seconds))
    return results
