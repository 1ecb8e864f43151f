"""The whole bot on one SQLite file, killed again and again while people write: who is answered, and how often."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.calibration import calibrated
from benchmarks.loops import run
from benchmarks.result import Result, quantile
from benchmarks.wave import LATENCY
from benchmarks.witness import Witness
from tests.processes.sobat_run import SobatRun

SETTLED_WITHIN = 1000
"""Laps after Telegram took a message until the store knows of it; before that, a crash leaves it unknown."""

FIRST, RATE, LONGEST = 10_000, 20.0, 2.0  # the first person; people a second; seconds from an answer to a kill


@dataclass
class Ordeal:
    """The bot, and people who write once each."""

    bot: SobatRun
    api: Witness
    wrote: dict[str, float] = field(default_factory=dict)
    kills: list[float] = field(default_factory=list)

    async def kill(self) -> None:
        self.kills.append(time.monotonic())
        await self.bot.kill()

    async def write(self) -> None:
        """Let one person after the other write, until cancelled."""
        while True:
            await asyncio.sleep(1 / RATE)
            person = FIRST + len(self.wrote)
            self.wrote[str(person)] = time.monotonic()
            await self.api.user(person).says("/start g21")

    async def work(self, seconds: float) -> None:
        """Return when the bot has been answering for so long."""
        before = len(self.api.taken)
        async with asyncio.timeout(120):
            while len(self.api.taken) == before:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.01)
        await asyncio.sleep(seconds)

    async def answered(self, within: float) -> None:
        """Return once everybody has an answer, or it took too long."""
        until = time.monotonic() + within
        while time.monotonic() < until and len({chat for chat, _, _ in self.api.taken}) < len(self.wrote):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    def figures(self, settled_within: float) -> dict[str, Any]:
        """Return what came of it, if an outcome is known after so many seconds."""
        first: dict[tuple[str, str], float] = {}
        times: Counter[tuple[str, str]] = Counter()
        answered: dict[str, float] = {}
        for chat, words, at in self.api.taken:
            first.setdefault((chat, words), at)
            answered.setdefault(chat, at)
            times[chat, words] += 1
        twice = [each for each, count in times.items() if count > 1]
        waits = [answered[chat] - at for chat, at in self.wrote.items() if chat in answered]
        return {
            "kills": len(self.kills),
            "people": len(self.wrote),
            "lost": len(self.wrote) - len(waits),
            "answered twice": len(twice),
            "twice, not on the wire": sum(not self._on_the_wire(first[each], settled_within) for each in twice),
            "s longest wait": max(waits, default=0.0),
            "s median wait": quantile(waits or [0.0], 0.5),
        }

    def _on_the_wire(self, taken: float, settled_within: float) -> bool:
        return any(taken - LATENCY - 0.05 <= kill <= taken + settled_within for kill in self.kills)


async def _ordeal(place: Path, kills: int) -> Ordeal:
    """Kill the bot after at most `LONGEST` seconds of answering, again and again."""
    async with Witness(latency=LATENCY) as api, SobatRun(api, f"sqlite:///{place}/sobat.db", place) as bot:
        endured = Ordeal(bot, api)
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(endured.write())
            for _ in range(kills):
                await endured.work(random.uniform(0, LONGEST))
                await endured.kill()
                await bot.start()
            await endured.work(0.0)
            writing.cancel()
        await endured.answered(within=60)
        await asyncio.sleep(0.5)
        return endured


def replies(kills: int) -> Result:
    """Return what became of people who wrote while the bot was killed so often."""
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place, calibrated() as lap:
        endured = run(_ordeal(Path(place), kills))
    came = endured.figures(SETTLED_WITHIN * lap.wall)
    met = came["lost"] == 0 and came["twice, not on the wire"] == 0
    return Result(
        "the whole bot on SQLite, while people write", came, "none lost; twice only what was on the wire", met
    )
