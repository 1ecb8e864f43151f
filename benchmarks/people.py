"""A store with people of one wave, to whom a broadcast is owed."""

# ruff: noqa: S608 - the statements are put together from words of this file alone

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.outbound.sender import Sender
from bot.outbound.worker import Worker
from bot.store import Store, UnitOfWork, open_store
from programme.model.broadcasts import Audience, BroadcastState, Draft, Exclusions
from programme.model.clock import SetClock
from programme.model.messages import Link, Message
from programme.model.milestones import Milestone

MONDAY = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)
CUTOFF = MONDAY + timedelta(days=3, hours=15)
TOKEN = "7000000001:AAHxFakeTokenOfTheFakeBotApiServer_12345"  # noqa: S105 - of the fake server
NOT_BOUGHT = Audience(waves=(21,), not_reached=(Milestone.BOUGHT,))
WORDS = Message(
    "<b>Gelombang 21</b>: beli pelatihan pertama sebelum Kamis, 21 Oktober 2021 pukul 23.59 WIB, ya.",
    ((Link("Pilih pelatihan", "https://www.prakerja.go.id"),),),
)


@asynccontextmanager
async def a_store(url: str | None = None) -> AsyncIterator[Store]:
    """Open an empty store in an SQLite file, or at `url`."""
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        store = open_store(url or f"sqlite:///{Path(place) / 'bench.db'}", SetClock(MONDAY))
        try:
            await store.prepare()
            yield store
        finally:
            await store.close()


async def settle_people(store: Store, count: int, *, wave: int = 21, first: int = 1) -> None:
    """Put `count` people of a wave into the store, each on Telegram under 100,000 + id, all called Sri."""
    async with store.writing() as tx:
        connection = tx.connection
        last = first + count - 1
        moment = "'2021-10-11 02:00:00.000000'"
        if connection.dialect.name == "sqlite":
            numbers = "WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)"
            no = "0"
        else:
            numbers = "WITH n(i) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)))"
            no, moment = "false", "TIMESTAMPTZ '2021-10-11 02:00:00+00'"
        yes = "1" if no == "0" else "true"
        people = (f"{{}} {numbers} SELECT i, 'Sri', 'id', 'WIB', :wave, {no}, {moment}, {yes}, 'all' FROM n").format(
            "INSERT INTO participants (id, name, language, zone, wave, official, joined_at, welcomed, reminder_level)"
        )
        places = (
            "INSERT INTO addresses (participant, channel, address, heard_at, reachable) "
            f"{numbers} SELECT i, 'telegram', CAST(100000 + i AS text), {moment}, {yes} FROM n"
        )
        given = {"first": first, "last": last}
        await connection.execute(text(people), {**given, "wave": wave})
        await connection.execute(text(places), given)


def carried_over(file: Path) -> None:
    """Do what the store does by itself about a second after so many people came (`bot.store.engine.disk`)."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


async def ordered(tx: UnitOfWork, draft: Draft, expected: int, *, origin: str = "bench") -> int:
    """Order a broadcast that runs at once; return its number."""
    number = await tx.broadcasts.add(
        draft, author="bench", origin=origin, state=BroadcastState.RUNNING, expected=expected, exclusions=Exclusions()
    )
    assert number is not None
    return number


async def plan(store: Store, first: int, last: int) -> int:
    """Owe one broadcast to everybody of wave 21 who has not bought, and has one of these ids; return its number."""
    draft = Draft(audience=NOT_BOUGHT, messages={"id": WORDS}, not_after=CUTOFF)
    async with store.writing() as tx:
        number = await ordered(tx, draft, last - first + 1, origin=f"bench/{first}")
        given = {"after": first - 1, "upto": last, "this": number}
        connection = tx.connection
        await connection.execute(text("UPDATE broadcasts SET planned_to = :after WHERE id = :this"), given)
        await connection.execute(text("UPDATE handing_out SET handed_to = :after WHERE broadcast = :this"), given)
        planned = await tx.broadcasts.plan(number, most=last - first + 1)
        assert planned == last - first + 1, planned
        await connection.execute(text("UPDATE broadcasts SET planned_all = :yes"), {"yes": True})
    return number


async def states(store: Store) -> dict[str, int]:
    """Count deliveries by their state."""
    async with store.reading() as tx:
        both = "SELECT state FROM deliveries UNION ALL SELECT state FROM broadcast_deliveries"
        counted = text(f"SELECT state, count(*) FROM ({both}) AS each_one GROUP BY state")
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
