"""Does the size of the store matter: a status answer, and a sweep of what is due, among many more people.

The small and the large store are asked in turns, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from benchmarks.crowd import address_of, fill, fill_postgresql, last_tenth
from benchmarks.loops import run
from benchmarks.people import MONDAY
from benchmarks.result import Result, quantile
from bot.app.wiring import App, build_app
from bot.store import open_store
from bot.store.schema.tables import reminder_rows
from programme.model.clock import SetClock
from programme.model.messages import Incoming, Kind, Message
from tests.postgres import new_database, postgres

FEW, MANY = 10_000, 10_000_000
ASKED, DUE, MORE, ROUNDS = 400, 25, 8, 5


class Mute:
    """A channel that takes no time, so that nothing but the app is measured."""

    name = "telegram"

    async def send(self, address: str, message: Message, *, kind: Kind = Kind.REPLY, edits: str | None = None) -> str:
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
async def town(people: int) -> AsyncIterator[Town]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        path = Path(place) / "scale.db"
        await _prepare(f"sqlite:///{path}")
        await asyncio.to_thread(fill, path, people)
        async with _living_in(f"sqlite:///{path}") as app:
            yield Town(people, app, _wave(people))


@asynccontextmanager
async def town_on_postgresql(server: str, people: int) -> AsyncIterator[Town]:
    with new_database(server, f"people_{time.time_ns()}", durable=True) as url:
        await _prepare(url)
        await asyncio.to_thread(fill_postgresql, url, people)
        async with _living_in(url) as app:
            yield Town(people, app, _wave(people))


def _living_in(url: str) -> AbstractAsyncContextManager[App]:
    return build_app(database=url, clock=SetClock(MONDAY), channels={"telegram": Mute()}, key=b"bench")


async def _prepare(url: str) -> None:
    store = open_store(url)
    await store.prepare()
    await store.close()


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


async def sqlite(few: int, many: int) -> list[Result]:
    async with town(few) as small, town(many) as large:
        await _in_turns(small, large, 50)
        warm = await _in_turns(small, large, ASKED)
        swept = await _swept(small, large)
    return [
        _status(f"status answer among {many:,} against {few:,}, SQLite, warm", warm),
        *_sweeps(swept, few, many, "SQLite"),
    ]


async def postgresql(few: int, many: int) -> list[Result]:
    with postgres(durable=True) as server:
        async with town_on_postgresql(server, few) as small, town_on_postgresql(server, many) as large:
            await _in_turns(small, large, 50)
            warm = await _in_turns(small, large, ASKED)
            swept = await _swept(small, large)
    return [
        _status(f"status answer among {many:,} against {few:,}, PostgreSQL, warm", warm),
        *_sweeps(swept, few, many, "PostgreSQL"),
    ]


async def _swept(small: Town, large: Town) -> tuple[list[float], list[float], list[float]]:
    """Sweep the same number in both, and `MORE` times as many in the large one."""
    took: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(ROUNDS):
        took[0].append(await small.sweep(DUE))
        took[1].append(await large.sweep(DUE))
        took[2].append(await large.sweep(DUE * MORE))
    return took


def _status(name: str, took: tuple[Took, Took]) -> Result:
    small, large = ([quantile([each[which] for each in one], 0.5) * 1000 for which in (0, 1)] for one in took)
    times, busier = (many / few for many, few in zip(large, small, strict=True))
    values = {"ms": large[0], "ms with few": small[0], "times": times}
    values |= {"CPU ms": large[1], "CPU ms with few": small[1], "times as busy": busier}
    return Result(name, values, "<= 1.5 times", max(times, busier) <= 1.5)


def _sweeps(took: tuple[list[float], list[float], list[float]], few: int, many: int, where: str) -> list[Result]:
    small, large, more = (min(each) * 1000 for each in took)  # what disturbs only adds
    size, due = large / small, more / large
    return [
        Result(
            f"sweep of {DUE:,} due among {len(last_tenth(many)):,} reminders against {len(last_tenth(few)):,}, {where}",
            {"ms": large, "ms with few": small, "times": size},
            "<= 1.5 times",
            size <= 1.5,
        ),
        Result(
            f"sweep of {DUE * MORE:,} due against {DUE:,}, both among {len(last_tenth(many)):,}, {where}",
            {"ms": more, "ms with fewer": large, "times": due},
            f"<= {MORE} times, a quarter for noise",
            due <= MORE * 1.25,
        ),
    ]


def main(many: int = MANY, few: int = FEW) -> list[Result]:
    return [*run(sqlite(few, many)), *run(postgresql(few, max(many // 10, 2 * few)))]
