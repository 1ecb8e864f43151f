"""Does the size of the store matter: a status answer, and a sweep of what is due, among many more people.

The small and the large store are asked in turns, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from benchmarks.crowd import WAVES, a_crowd, address_of, last_tenth
from benchmarks.loops import run
from benchmarks.people import MONDAY
from benchmarks.result import Result, quantile
from bot.app.wiring import App, build_app
from bot.channels.channel import FREE, Terms
from bot.store.schema.traffic import reminder_rows
from programme.model.clock import SetClock
from programme.model.messages import Incoming, Kind, Message
from tests.postgres import postgres

FEW, MANY = 10_000, 10_000_000
ASKED, DUE, ROUNDS, MOST = 400, 25, 5, 1.5


class Mute:
    """A channel that takes no time, so that nothing but the app is measured."""

    name = "telegram"

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        return "1"


@dataclass
class Town:
    """A store with so many people, and the app that stands on it."""

    people: int
    app: App
    owed: Iterator[int]
    asked: int = 0

    async def status(self) -> tuple[float, float]:
        """Have one of all the people ask how they stand; return the seconds until the answer is out and settled.

        By the clock, and of this process, in which SQLite works too.
        """
        self.asked += 1
        person, began, busy = random.randrange(1, self.people + 1), time.perf_counter(), time.process_time()
        row = await self.app.inbox_processor.take(
            Incoming(channel="telegram", address=address_of(person), id=f"m{self.asked}", at=MONDAY, text="status saya")
        )
        assert row is not None
        outcome = await self.app.inbox_processor.answer(row)
        assert outcome is not None
        return time.perf_counter() - began, time.process_time() - busy

    async def sweep(self, due: int) -> float:
        """Let the reminders of some people of the current wave fall due; return the seconds to sweep them."""
        people = [next(self.owed) for _ in range(due)]
        async with self.app.store.writing() as tx:
            now_due = update(reminder_rows).where(reminder_rows.c.participant.in_(people))
            await tx.connection.execute(now_due.values(at=MONDAY - timedelta(minutes=1)))
        began = time.perf_counter()
        assert await self.app.jobs.sweep() == due
        return time.perf_counter() - began


@asynccontextmanager
async def town(people: int, server: str | None = None) -> AsyncIterator[Town]:
    async with (
        a_crowd(people, server) as url,
        build_app(database=url, clock=SetClock(MONDAY), channels={"telegram": Mute()}, key=b"bench") as app,
    ):
        yield Town(people, app, _wave(people))


def _wave(people: int) -> Iterator[int]:
    wave = list(last_tenth(people))
    return iter(random.sample(wave, min(len(wave), 100_000)))


Took = list[tuple[float, float]]


async def _in_turns(small: Town, large: Town, count: int) -> tuple[Took, Took]:
    took: tuple[Took, Took] = ([], [])
    for turn in range(count):
        for town_, theirs in ((small, took[0]), (large, took[1]))[:: 1 if turn % 2 else -1]:
            theirs.append(await town_.status())
    return took


async def _compared(few: int, many: int, where: str, server: str | None = None) -> list[Result]:
    async with town(few, server) as small, town(many, server) as large:
        await _in_turns(small, large, 50)
        asked = await _in_turns(small, large, ASKED)
        swept = [(await small.sweep(DUE), await large.sweep(DUE)) for _ in range(ROUNDS)]
    return [
        _status(f"status answer among {many:,} against {few:,}, {where}", asked),
        _sweep(f"sweep of {DUE} due among {many // WAVES:,} reminders against {few // WAVES:,}, {where}", swept),
    ]


def _status(name: str, took: tuple[Took, Took]) -> Result:
    small, large = ([quantile([each[which] for each in one], 0.5) * 1000 for which in (0, 1)] for one in took)
    times, busier = (many / few for many, few in zip(large, small, strict=True))
    values = {"ms": large[0], "ms with few": small[0], "times": times}
    values |= {"CPU ms": large[1], "CPU ms with few": small[1], "times as busy": busier}
    return Result(name, values, f"<= {MOST} times", max(times, busier) <= MOST)


def _sweep(name: str, took: list[tuple[float, float]]) -> Result:
    small, large = (min(each) * 1000 for each in zip(*took, strict=True))  # what disturbs only adds
    values = {"ms": large, "ms with few": small, "times": large / small}
    return Result(name, values, f"<= {MOST} times", large <= MOST * small)


def main(many: int = MANY, few: int = FEW) -> list[Result]:
    results = run(_compared(few, many, "SQLite"))
    with postgres(durable=True) as server:
        return [*results, *run(_compared(few, max(many // 10, 2 * few), "PostgreSQL", server))]
