"""A store with people of one wave, to whom a broadcast is owed."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select, union_all, update

from bot.outbound.sender import Sender
from bot.outbound.worker import Worker
from bot.store import Store, UnitOfWork, open_store
from bot.store.schema.people import addresses, participants
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.model.clock import SetClock
from programme.model.deliveries import Delivery
from programme.model.messages import Kind, Link, Message
from programme.model.milestones import Milestone
from reminders.sources import wave_source

MONDAY = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)
JOINED = datetime(2021, 10, 11, 2, tzinfo=UTC)
CUTOFF = MONDAY + timedelta(days=3, hours=15)
TOKEN = "7000000001:AAHxFakeTokenOfTheFakeBotApiServer_12345"  # noqa: S105 - of the fake server
NUMBER = "106540352242922"
"""The id of our number at the Graph server."""

WHATSAPP_FIRST = 6_281_200_000_000
"""The number of the person of whom 0 is the id."""

_PORTION = 5_000  # rows to hold in memory
NOT_BOUGHT = Audience(waves=(21,), not_reached=(Milestone.BOUGHT,))
WORDS = Message(
    "<b>Gelombang 21</b>: beli pelatihan pertama sebelum Kamis, 21 Oktober 2021 pukul 23.59 WIB, ya.",
    ((Link("Pilih pelatihan", "https://www.prakerja.go.id"),),),
)


@asynccontextmanager
async def a_store() -> AsyncIterator[Store]:
    """Open an empty store in an SQLite file."""
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        store = open_store(f"sqlite:///{place}/bench.db", SetClock(MONDAY))
        try:
            await store.prepare()
            yield store
        finally:
            await store.close()


@dataclass(frozen=True)
class Place:
    """Where people are: a channel, the first of their addresses, and when they wrote last."""

    channel: str = "telegram"
    first: int = 100_000
    heard_at: datetime = JOINED


TELEGRAM = Place()


async def settle_people(store: Store, count: int, where: Place = TELEGRAM) -> None:
    """Put `count` people of wave 21 into the store, each at the first address + id, all called Sri."""
    numbers = range(1, count + 1)
    async with store.writing() as tx:
        for portion in (numbers[at : at + _PORTION] for at in range(0, count, _PORTION)):
            person = {"name": "Sri", "language": "id", "zone": "WIB", "wave": 21, "official": False}
            known = {"joined_at": JOINED, "welcomed": True, "reminder_level": "all"}
            await tx.connection.execute(insert(participants), [{"id": each, **person, **known} for each in portion])
            place = {"channel": where.channel, "heard_at": where.heard_at, "reachable": True}
            rows = [{"participant": each, "address": str(where.first + each), **place} for each in portion]
            await tx.connection.execute(insert(addresses), rows)
        if tx.connection.dialect.name == "postgresql":  # who comes of themselves is numbered after these
            counter = func.pg_get_serial_sequence("participants", "id")
            await tx.connection.execute(select(func.setval(counter, count)))


async def ordered(tx: UnitOfWork, draft: Draft, expected: int) -> int:
    """Order a broadcast that runs at once; return its number."""
    number = await tx.broadcasts.add(
        draft,
        author="bench",
        origin="bench",
        state=BroadcastState.RUNNING,
        expected=expected,
        exclusions=Exclusions(),
    )
    assert number is not None
    return number


async def plan(store: Store, count: int) -> None:
    """Owe a broadcast to all these people, at once and not stretch by stretch."""
    draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS}, not_after=CUTOFF)
    async with store.writing() as tx:
        planned = await tx.broadcasts.plan(await ordered(tx, draft, count), most=count)
        assert planned == count, planned
        await tx.connection.execute(update(broadcasts).values(planned_all=True))


async def owe_reminders(store: Store, count: int) -> None:
    """Owe each of these people the reminder of a week before: words of their own, no picture."""
    source = wave_source(21, CUTOFF.date(), "H-7")
    async with store.writing() as tx:
        for start in range(1, count + 1, _PORTION):
            whose = range(start, min(start + _PORTION, count + 1))
            owed = {"source": source, "kind": Kind.REMINDER, "due_at": MONDAY, "not_after": CUTOFF}
            await tx.outbox.put([Delivery(participant=each, unless=Milestone.BOUGHT, **owed) for each in whose])


async def states(store: Store) -> dict[str, int]:
    """Count deliveries by their state."""
    both = union_all(select(deliveries.c.state), select(broadcast_deliveries.c.state)).subquery()
    async with store.reading() as tx:
        counted = select(both.c.state, func.count()).group_by(both.c.state)
        return {str(row[0]): int(row[1]) for row in await tx.connection.execute(counted)}


class RunningClock:
    """A clock that stood on that Monday morning when the benchmark began, and runs."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=time.monotonic() - self._began)


async def work_until_done(sender: Sender, *, seconds: float = 300) -> None:
    """Let a worker run until no delivery is open any more."""
    stop = asyncio.Event()
    async with asyncio.timeout(seconds), asyncio.TaskGroup() as tasks:
        tasks.create_task(Worker(sender).run(stop))
        while True:
            await asyncio.sleep(0.25)
            async with sender.store.reading() as tx:
                if await tx.outbox.next_due() is None:
                    break
        stop.set()
