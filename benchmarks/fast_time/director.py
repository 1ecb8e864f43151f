"""The director: lets time pass as fast as what happens in it allows, and brings about what is to happen."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import aiohttp

from benchmarks.fast_time.clock import Conductor
from benchmarks.fast_time.crew import NightCrew
from benchmarks.fast_time.journal import Life
from benchmarks.fast_time.ledger import Ledger
from benchmarks.fast_time.life import Somebody
from benchmarks.fast_time.messengers import NightTelegram
from benchmarks.fast_time.model import wib
from benchmarks.fast_time.office import Office
from benchmarks.fast_time.scrapes import Scrapes
from benchmarks.fast_time.silent import have_bought
from tests.fakes.graph import FakeGraph

PACE: Final = 1.0
"""Seconds of the night in a real one while anything is under way: what a lease or a time limit is reckoned for is
as long as it will be, on however slow a machine."""

WATCHED: Final = (wib(21, 17, 0), wib(22, 0, 40))
"""When `/metrics` are looked at, a minute apart at most."""

JOBS: Final = 8.0
"""How much more often than usually the jobs look whether anything is due: that is all that a leap waits for."""

_SIDE_BY_SIDE: Final = 24  # people who talk at the same time
_STEP: Final = timedelta(seconds=60)
_LOOK: Final = 0.1  # real seconds between two looks at what is under way
_NEAR: Final = timedelta(seconds=5)
_LONGEST: Final = 600.0  # real seconds in which something must come to an end
_AT_REST: Final = 10.0  # real seconds without a message after a kill: what is still leased, the dead had in hand


@dataclass
class Director:
    """Moves the clock; nobody else does. `everybody` talks, the `silent` are known by their numbers in the store."""

    clock: Conductor
    crew: NightCrew
    telegram: NightTelegram
    graph: FakeGraph
    office: Office
    ledger: Ledger
    everybody: Sequence[Somebody]
    silent: Mapping[int, Life]
    scrapes: Scrapes
    session: aiohttp.ClientSession
    troubles: list[asyncio.Task[None]] = field(default_factory=list)
    _moved: tuple[int, float] = (0, 0.0)  # how many messages had been tried, and since which real second
    _buried: int = 0  # how many of the killed nothing is left of
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_SIDE_BY_SIDE))

    @property
    def count(self) -> int:
        """How many can be reached, at the most."""
        return len(self.everybody) + len(self.silent)

    async def until(self, to: datetime) -> None:
        """Let time pass to `to`: by leaps while nothing is under way, and never over what falls due."""
        stuck = asyncio.get_running_loop().time() + _LONGEST
        while True:
            quiet = await self._quiet()
            now = self.clock.now()
            if now >= to:
                return
            if quiet is None or (goal := min(to, quiet)) <= now + _NEAR:
                assert asyncio.get_running_loop().time() < stuck, f"it does not end at {now:%d %H.%M} UTC"
                await asyncio.sleep(_LOOK)
                continue
            stuck = asyncio.get_running_loop().time() + _LONGEST
            await self._leap(goal)

    async def drained(self) -> None:
        """Let time pass until nothing is under way."""
        async with asyncio.timeout(_LONGEST):
            while await self._quiet() is None:  # noqa: ASYNC110 - of other processes
                await asyncio.sleep(_LOOK)

    async def together(self, acts: Iterable[Awaitable[None]]) -> None:
        """Let people act side by side, so many at a time."""

        async def one(act: Awaitable[None]) -> None:
            async with self._room:
                await act

        async with asyncio.TaskGroup() as tasks:
            for act in acts:
                tasks.create_task(one(act))

    def meanwhile(self, trouble: Awaitable[None]) -> None:
        """Bring about trouble beside everything else."""
        self.troubles.append(asyncio.ensure_future(trouble))

    async def midst(self, messages: int, within: float = 30.0) -> None:
        """Return in the middle of things: when so many more messages went out."""
        before = len(self.telegram.taken)
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while len(self.telegram.taken) < before + messages:  # noqa: ASYNC110 - other processes send
                    await asyncio.sleep(0.02)

    async def answered(self, most: int) -> None:
        """Have the staff answer complaints; whoever hears of it goes on."""
        before = {id(each): [phone.count for phone in each.phones] for each in self.everybody}
        numbers = await self.office.answers(most)
        found = {number: place for place, number in (await self.ledger.people()).items()}
        by_place = {place: each for each in self.everybody for place in each.life.addresses}
        theirs = [by_place[found[number]] for number in numbers if number in found]
        await self.together(each.is_helped(before[id(each)]) for each in theirs)

    async def told_by_list(self, whose: Sequence[int], messages: int = 0) -> None:
        """Have the programme's list tell that some of the silent bought, when so many more messages went out."""
        await self.midst(messages)
        await have_bought(self.office.app.store, self.silent, whose)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Every two seconds look at the figures, where they are watched, and have WhatsApp tell again what got lost."""
        looking = asyncio.ensure_future(self._watch())
        yield
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking

    async def _watch(self) -> None:
        while True:
            await self._look_at_figures()
            if self.graph.hooks.undelivered:
                await self.graph.hooks.redeliver()
            await asyncio.sleep(2.0)

    async def _look_at_figures(self) -> None:
        if WATCHED[0] <= self.clock.now() <= WATCHED[1]:
            await self.scrapes.take(self.session)

    async def _leap(self, goal: datetime) -> None:
        self._moved = self._moved[0], time.monotonic()  # the living may claim at once, and need a moment to send
        now = self.clock.now()
        if WATCHED[0] <= now + _STEP and now <= WATCHED[1]:
            self.clock.leap(min(goal, now + _STEP))
            await self._look_at_figures()
            await asyncio.sleep(_LOOK)
        else:
            self.clock.leap(min(goal, WATCHED[0]) if now < WATCHED[0] else goal)

    async def _quiet(self) -> datetime | None:
        """Return when the next thing falls due; None while anything is under way anywhere."""
        hooks = self.graph.hooks
        if (
            self.telegram.state.updates
            or hooks.waiting
            or hooks.undelivered
            or any(not each.done() for each in self.troubles)
        ):
            return None
        quiet = await self.ledger.quiet_until()
        if quiet is not None:
            self._buried = len(self.crew.kills)
        elif self._only_the_dead():
            quiet = await self.ledger.quiet_until(leases=False)
        return quiet

    def _only_the_dead(self) -> bool:
        """Whether a process was killed since all was quiet, and no other has tried to send for long."""
        telegram, graph = self.telegram, self.graph
        called = len(telegram.taken) + telegram.throttled + len(graph.state.sent) + graph.counts.throttled
        now = time.monotonic()
        if called != self._moved[0]:
            self._moved = called, now
        return len(self.crew.kills) > self._buried and now - self._moved[1] > _AT_REST


Scene = tuple[datetime, Callable[[], Awaitable[None]]]


async def play(director: Director, scenes: Iterable[Scene]) -> None:
    """Play scenes at their moments."""
    began = time.monotonic()
    for moment, scene in sorted(scenes, key=lambda each: each[0]):
        await director.until(moment)
        print(f"{time.monotonic() - began:4.0f} s: {moment:%d %b %H.%M} WIB", file=sys.stderr)
        await scene()
    await asyncio.gather(*director.troubles)
