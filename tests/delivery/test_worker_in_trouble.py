"""What goes wrong in the middle of an announcement costs time, and nothing else."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.channels.channel import Misconfigured, Throttled
from bot.courier import LATENCY, Courier
from bot.pacing import Pacer
from bot.pacing.shared import SharedBudget
from bot.store import Store, open_store
from bot.worker import Worker
from programme.messages import Kind, Message
from programme.programme import load_programme
from tests.delivery.virtual_time import here, run
from tests.store.samples import MONDAY, meet, owed, states

PEOPLE, RATE = 120, 60.0
PROGRAMME = load_programme()


class JumpingClock:
    def __init__(self) -> None:
        self.jump = timedelta()

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=here().time() - 1000) + self.jump


@dataclass
class Messenger:
    """Keeps who got something when; `trouble` is asked before each."""

    trouble: Callable[[int], None] = lambda number: None
    name: str = "telegram"
    got: list[tuple[str, float]] = field(default_factory=list)
    asked: int = 0

    async def send(self, address: str, message: Message, *, kind: Kind = Kind.REPLY, edits: str | None = None) -> str:
        self.asked = number = self.asked + 1
        await asyncio.sleep(0.06)
        self.trouble(number)
        self.got.append((address, here().time()))
        return str(number)


class Absent(Store):
    """A store that is away for a while."""

    away = (0.0, 0.0)

    def writing(self, *, at_once: bool = False) -> Any:
        begin, end = self.away
        if begin <= here().time() < end:
            raise OSError("the database is away")
        return super().writing(at_once=at_once)


async def _rates(store: Store) -> Store:
    """Where the rate lies: PostgreSQL would go by its own clock, on which no time passes here."""
    if store._url.get_backend_name() == "sqlite":
        return store
    rates = open_store(None)
    await rates.prepare()
    return rates


@asynccontextmanager
async def _announcing(url: str, messenger: Messenger, clock: JumpingClock, **more: Any) -> Any:
    opened = open_store(url)
    store = Absent(opened._url)
    await opened.close()
    async with store.writing() as tx:
        for number in range(PEOPLE):
            person = await meet(tx, str(number))
            await tx.outbox.put([owed(person, "b/1", Kind.BROADCAST, message=Message("Halo"), **more)])
    rates = await _rates(store)
    budget = SharedBudget(rates, "telegram/1", RATE, here().time)
    await budget.open()
    pacers = {"telegram": Pacer(budget, here().time)}
    courier = Courier(store, clock, PROGRAMME, {"telegram": messenger}, pacers=pacers)
    yield store, courier
    for each in {store, rates}:
        await each.close()


async def _until_done(store: Store, courier: Courier, limit: float = 600) -> None:
    stop, began = asyncio.Event(), here().time()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Worker(courier, here().time).run(stop))
        while here().time() < began + limit:
            await asyncio.sleep(1)
            async with store.reading() as tx:
                if await tx.outbox.next_due() is None:
                    break
        stop.set()


async def _story(url: str, messenger: Messenger, clock: JumpingClock, *, away: float = 0.0) -> dict[str, int]:
    async with _announcing(url, messenger, clock) as (store, courier):
        if away:
            store.away = (here().time() + 1, here().time() + 1 + away)
        await _until_done(store, courier)
        async with store.reading() as tx:
            rows = await tx.outbox.log(1000)
    return Counter(row.state.value for row in rows)


def _each_once(messenger: Messenger) -> bool:
    return sorted(Counter(address for address, _ in messenger.got).values()) == [1] * PEOPLE


def test_a_429_of_35_seconds_costs_35_seconds_and_nothing_else(url: str) -> None:
    def trouble(number: int) -> None:
        if number == PEOPLE // 2:
            raise Throttled(35)

    messenger = Messenger(trouble)
    assert run(_story(url, messenger, JumpingClock()), grace=0.004) == {"sent": PEOPLE}
    assert _each_once(messenger)
    moments = [at for _, at in messenger.got]
    pause = max(later - sooner for sooner, later in pairwise(moments))
    assert 34.9 < pause < 37
    assert moments[-1] - moments[0] < PEOPLE / RATE + 35 + 3


def test_a_database_that_is_away_for_30_seconds_loses_nothing(url: str) -> None:
    messenger = Messenger()
    assert run(_story(url, messenger, JumpingClock(), away=30), grace=0.004) == {"sent": PEOPLE}
    assert _each_once(messenger)


def test_a_clock_that_jumps_an_hour_ahead_sends_nothing_twice(url: str) -> None:
    _jumps(url, timedelta(hours=1))


def test_a_clock_that_jumps_an_hour_back_sends_nothing_twice(url: str) -> None:
    _jumps(url, timedelta(hours=-1))


def _jumps(url: str, jump: timedelta) -> None:
    clock = JumpingClock()

    def trouble(number: int) -> None:
        if number == 40:
            clock.jump = jump

    messenger = Messenger(trouble)

    async def story() -> Counter[str]:
        async with _announcing(url, messenger, clock, due_at=MONDAY - timedelta(hours=2)) as (store, courier):
            await _until_done(store, courier)
            async with store.reading() as tx:
                return Counter((await states(tx)).values())

    run(story(), grace=0.004)
    assert _each_once(messenger)


def test_nothing_goes_out_once_the_clock_is_past_the_cutoff(url: str) -> None:
    """Not even what was claimed before it jumped."""
    clock = JumpingClock()
    late: list[datetime] = []
    cutoff = MONDAY + timedelta(minutes=30)

    def trouble(number: int) -> None:
        if clock.now() > cutoff + timedelta(seconds=1):
            late.append(clock.now())
        if number == 40:
            clock.jump = timedelta(hours=1)

    messenger = Messenger(trouble)

    async def story() -> Counter[str]:
        async with _announcing(url, messenger, clock, not_after=cutoff) as (store, courier):
            await _until_done(store, courier)
            async with store.reading() as tx:
                return Counter(row.state.value for row in await tx.outbox.log(1000))

    ended = run(story(), grace=0.004)
    assert ended["sent"] + ended["expired"] == PEOPLE
    assert len(late) <= 8, "only what was on the wire when the clock jumped"


def test_a_messenger_that_refuses_our_account_stops_the_announcement_and_tells(url: str) -> None:
    """A minute later it is tried again; nobody's message is used up."""

    def trouble(number: int) -> None:
        if 20 <= number < 23:
            raise Misconfigured("bad token")

    messenger, told = Messenger(trouble), []

    async def story() -> Counter[str]:
        async with _announcing(url, messenger, JumpingClock()) as (store, courier):
            courier.alarms.append(lambda one, failure: told.append(one.channel))
            await _until_done(store, courier)
            async with store.reading() as tx:
                return Counter(row.state.value for row in await tx.outbox.log(1000))

    assert run(story(), grace=0.004) == {"sent": PEOPLE}
    assert told
    assert _each_once(messenger)


def test_a_messenger_that_wants_a_pause_holds_up_no_other(url: str) -> None:
    """Also who stands behind everybody on the frozen one in the row is told at once."""

    def trouble(number: int) -> None:
        if number == 1:
            raise Throttled(35)

    messenger, page = Messenger(trouble), Messenger(name="web")

    async def story() -> float:
        async with _announcing(url, messenger, JumpingClock()) as (store, courier):
            courier.channels = {"telegram": messenger, "web": page}
            async with store.writing() as tx:
                person = await meet(tx, "at-the-page", "web")
                await tx.outbox.put([owed(person, "b/1", Kind.BROADCAST, message=Message("Halo"))])
            began = here().time()
            await _until_done(store, courier)
            return page.got[0][1] - began

    assert run(story(), grace=0.004) < 5
    assert _each_once(messenger)
    assert messenger.got[-1][1] - page.got[0][1] > 30


@dataclass
class Warmed(Messenger):
    """Notes how many had got something when its connections were opened ahead."""

    warmed: list[tuple[int, int]] = field(default_factory=list)

    async def warm(self, count: int) -> None:
        self.warmed.append((count, len(self.got)))


def test_connections_are_open_before_an_announcement_begins(url: str) -> None:
    """Once, as many as its rate needs; not again for every batch."""
    messenger = Warmed()
    assert run(_story(url, messenger, JumpingClock()), grace=0.004) == {"sent": PEOPLE}
    assert messenger.warmed == [(round(RATE * LATENCY), 0)]
