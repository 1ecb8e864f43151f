"""A broadcast being sent by a worker, on time that passes only when nothing happens."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.channels.channel import FREE, Terms
from bot.outbound.sender import Sender
from bot.outbound.worker import LEASE, Worker
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from bot.store import Store, open_store
from programme.model.messages import Kind, Message
from programme.programme import load_programme
from tests.delivery.virtual_time import here
from tests.store.samples import MONDAY, away, meet, owed

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

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        self.asked = number = self.asked + 1
        await asyncio.sleep(0.06)
        self.trouble(number)
        self.got.append((address, here().time()))
        return str(number)


class Absent(Store):
    """A store that is away for a while."""

    away = (0.0, 0.0)
    read = 0

    def writing(self, *, at_once: bool = False, first: bool = False) -> Any:
        self._be_there()
        return super().writing(at_once=at_once, first=first)

    def reading(self) -> Any:
        self._be_there()
        self.read += 1
        return super().reading()

    def _be_there(self) -> None:
        begin, end = self.away
        if begin <= here().time() < end:
            raise away()


async def _rates(store: Store) -> Store:
    """Where the rate lies: PostgreSQL would go by its own clock, on which no time passes here."""
    if store._url.get_backend_name() == "sqlite":
        return store
    rates = open_store(None)
    await rates.prepare()
    return rates


@asynccontextmanager
async def announcing(
    url: str | None, messenger: Messenger, clock: JumpingClock, rate: float = RATE, **more: Any
) -> AsyncIterator[tuple[Absent, Sender]]:
    """Owe the same to PEOPLE; their addresses are numbers from 0 on."""
    opened = open_store(url)
    store = Absent(opened._url, clock)
    await opened.close()
    if url is None:
        await store.prepare()
    async with store.writing() as tx:
        for number in range(PEOPLE):
            person = await meet(tx, str(number))
            await tx.outbox.put([owed(person, "b/1", Kind.BROADCAST, message=Message("Halo"), **more)])
    rates = await _rates(store)
    budget = SharedTokenBucket(rates, "telegram/1", rate, here().time)
    await budget.open()
    smoothers = {"telegram": RateSmoother(budget, here().time)}
    sender = Sender(store, clock, PROGRAMME, {"telegram": messenger}, smoothers=smoothers)
    yield store, sender
    for each in {store, rates}:
        await each.close()


async def until_done(store: Store, sender: Sender, limit: float = 600, lease: timedelta = LEASE) -> None:
    """Work until nothing is open any more, or for so many seconds."""
    stop, began = asyncio.Event(), here().time()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(Worker(sender, here().time, lease).run(stop))
        while here().time() < began + limit:
            await asyncio.sleep(1)
            with suppress(OperationalError):
                async with store.reading() as tx:
                    if await tx.outbox.next_due() is None:
                        break
        stop.set()


def each_once(messenger: Messenger) -> bool:
    """Whether everybody got it, and nobody twice."""
    return sorted(Counter(address for address, _ in messenger.got).values()) == [1] * PEOPLE
