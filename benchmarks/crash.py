"""Workers killed in the middle of a wave: nobody is lost, nobody hears too late, doubles are accounted for."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, make_url, select, union_all

from benchmarks.crash_account import Account, Kill, Purchase
from benchmarks.crash_crew import Crew
from benchmarks.crash_replies import replies
from benchmarks.crash_worker import SharedClock
from benchmarks.loops import run
from benchmarks.people import MONDAY, WORDS, plan, settle_people
from benchmarks.result import Result
from benchmarks.server import ask, serving
from benchmarks.wave import LATENCY
from bot.outbound.sender import ON_ITS_WAY
from bot.store import Store, open_store
from bot.store.schema.people import progress
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.clock import SetClock
from programme.model.deliveries import Delivery
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from tests.postgres import new_database, postgres

_BOTH = union_all(
    select(deliveries.c.participant, deliveries.c.state, deliveries.c.not_after),
    select(broadcast_deliveries.c.participant, broadcast_deliveries.c.state, broadcasts.c.not_after).join(
        broadcasts, broadcasts.c.id == broadcast_deliveries.c.broadcast
    ),
).subquery()
LEASE = timedelta(seconds=20)
"""Shorter than in earnest, so that the messages of the killed come back before the end."""

LONGEST = 900.0  # seconds


@dataclass
class Ordeal:
    """A wave being sent by workers that die: what happened to it, as seen from outside."""

    store: Store
    address: str
    crew: Crew
    clock: SharedClock
    kills: list[Kill] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)

    async def endure(self, every: float, most: int) -> None:
        """Kill one that is at work every so often, while there is anything to claim; then let the others finish."""
        until, killed_at = time.time() + LONGEST, time.time()
        while time.time() < until and (left := await self._left()):
            await asyncio.sleep(0.1)
            self.crew.replace_the_dead()
            if not left.get("pending") or len(self.kills) >= most or time.time() - killed_at < every:
                continue
            if victim := self.crew.victim(lambda name: self._busy_for(name) > every):
                killed_at = time.time()
                await self._kill(victim)

    async def _kill(self, victim: str) -> None:
        await self.crew.kill(victim, self.store)
        ask(self.address, "/of/nobody")  # what the dead one had written to its sockets is read before the next answer
        handed_over = {chat - 100_000 for _, chat, _ in self._from(victim)}
        accepted: Any = ask(self.address, "/accepted")
        async with self.store.reading() as tx:
            leased = select(_BOTH.c.participant).where(_BOTH.c.state == "leased")
            held = set((await tx.connection.execute(leased)).scalars())
        kill = Kill(victim, frozenset(handed_over & held))
        self.kills.append(kill)
        self.crew.replace_the_dead()
        in_hand = held - {chat - 100_000 for _, chat, _ in accepted}
        await self._some_buy([*_some(kill.in_flight, 2), *_some(in_hand, 10)])

    async def _some_buy(self, also: list[int]) -> None:
        """Some of those who wait say that they bought; some whose message a worker has in hand, or had under way."""
        async with self.store.reading() as tx:
            waiting = select(_BOTH.c.participant).where(_BOTH.c.state == "pending").limit(2000)
            found = (await tx.connection.execute(waiting)).scalars().all()
        known = {purchase.person for purchase in self.purchases}
        chosen = {*_some(found, 5), *also} - known
        if not chosen:
            return
        async with self.store.writing() as tx:
            now = self.clock.now()
            rows = [
                {"participant": person, "milestone": "bought", "source": "self", "noted_at": now} for person in chosen
            ]
            await tx.connection.execute(insert(progress), rows)
        self.purchases += [Purchase(person, time.time()) for person in chosen]

    def _busy_for(self, worker: str) -> float:
        """Return for how many seconds a worker has been sending."""
        return max((time.time() - at for _, _, at in self._from(worker)), default=0.0)

    def _from(self, worker: str) -> list[tuple[str, int, float]]:
        said: Any = ask(self.address, f"/of/{worker}")
        return list(said)

    async def _left(self) -> dict[str, int]:
        async with self.store.reading() as tx:
            open_ones = _BOTH.c.state.in_(("pending", "leased"))
            asked = select(_BOTH.c.state, func.count()).where(open_ones).group_by(_BOTH.c.state)
            return {str(row[0]): int(row[1]) for row in await tx.connection.execute(asked)}


def _some(people: Collection[int], most: int) -> list[int]:
    return random.sample(sorted(people), min(most, len(people)))


async def _prepare(store: Store, count: int, seconds: float) -> None:
    """Owe everybody one; for every tenth person the cutoff falls somewhere into the run."""
    await store.prepare()
    await settle_people(store, count)
    await plan(store, count)
    every_tenth = range(10, count + 1, 10)
    theirs = [
        Delivery(
            participant=person,
            source="soon",
            kind=Kind.BROADCAST,
            due_at=MONDAY,
            not_after=MONDAY + ON_ITS_WAY + timedelta(seconds=random.uniform(0, seconds)),
            unless=Milestone.BOUGHT,
            message=WORDS,
        )
        for person in every_tenth
    ]
    async with store.writing() as tx:
        broadcast = broadcast_deliveries.c.participant % 10 == 0
        await tx.connection.execute(delete(broadcast_deliveries).where(broadcast))
        await tx.outbox.put(theirs)


async def ordeal(
    database: str,
    address: str,
    *,
    count: int,
    workers: int,
    rate: float,
    every: float = 2.0,
    kills: int = 1000,
    lease: timedelta = LEASE,
) -> dict[str, Any]:
    """Let workers send while one is killed every so often; return what came of it."""
    store = open_store(database, SetClock(MONDAY))
    try:
        await _prepare(store, count, count / rate)
        clock = SharedClock(time.time())
        crew = Crew(make_url(database), address, rate, clock, lease)
        with crew.of(workers):
            endured = Ordeal(store, address, crew, clock)
            await endured.endure(every, kills)
        async with store.reading() as tx:
            rows = (await tx.connection.execute(select(_BOTH))).all()
    finally:
        await store.close()
    seen: Any = ask(address, "/accepted")
    account = Account(rows, [(chat - 100_000, at) for _, chat, at in seen], clock, endured.kills, endured.purchases)
    return {"seconds": time.time() - clock.began, **account.figures()}


def _result(name: str, came: dict[str, Any]) -> Result:
    must_be_none = ("lost", "twice unaccounted for", "after its cutoff", "told who had bought")
    met = all(came[what] == 0 for what in must_be_none) and came["sent twice"] <= came["in flight at the kills"]
    return Result(name, came, "none lost, none late, none who bought; doubles <= in flight at the kills", met)


def _waves(count: int) -> Iterator[tuple[str, str, int]]:
    """Name the waves, with the database and the number of workers of each."""
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        yield f"one process on SQLite, restarted, {count:,}", f"sqlite:///{place}/crash.db", 1
    with postgres(durable=True) as server, new_database(server, "crash", durable=True) as database:
        yield f"four workers on PostgreSQL, {count:,} deliveries", database, 4


def main(count: int = 60_000) -> list[Result]:
    results = []
    for name, database, workers in _waves(count):
        with serving(latency=LATENCY, precedence=True, witness=True) as address:
            came = run(ordeal(database, address, count=count, workers=workers, rate=1000))
        results.append(_result(name, came))
    return [*results, replies(max(count // 2400, 1))]
