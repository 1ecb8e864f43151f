"""The whole bot on one SQLite file, killed again and again while people write: who is answered, and how often.

`python -m benchmarks.crash_replies --kills 25 --rate 20`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

import bot
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.bot_api_methods import SENDS

LATENCY = 0.06
SETTLED_WITHIN = 0.1
"""Seconds after Telegram took a message until the store knows of it; before that, a crash leaves it unknown."""

FIRST = 10_000


class Witness(FakeBotApi):
    """Telegram, noting when it took which message."""

    def __init__(self) -> None:
        super().__init__(latency=LATENCY)
        self.taken: list[tuple[str, str, float]] = []

    async def _run(self, method: str, given: dict[str, Any], uploads: dict[str, bytes]) -> Any:
        result = await super()._run(method, given, uploads)
        if method in SENDS:
            words = str(given.get("text") or given.get("caption"))
            self.taken.append((str(given["chat_id"]), words, time.monotonic()))
        return result


@dataclass
class Ordeal:
    """`sobat run`, and people who write once each."""

    place: Path
    api: Witness
    process: Process | None = None
    wrote: dict[str, float] = field(default_factory=dict)
    kills: list[float] = field(default_factory=list)

    async def start(self) -> None:
        """Start the bot."""
        settings = {
            "TELEGRAM_TOKEN": self.api.token,
            "TELEGRAM_BASE_URL": self.api.base_url,
            "DATABASE_URL": f"sqlite:///{self.place}/sobat.db",
            "PORT": str(_free_port()),
        }
        with (self.place / "sobat.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", "from bot.cli.main import app; app()", "run"),
                cwd=Path(bot.__file__).parents[1],
                env=os.environ | settings,
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """End the bot as a power cut would."""
        assert self.process is not None
        self.kills.append(time.monotonic())
        self.process.kill()
        await self.process.wait()

    async def write(self, rate: float) -> None:
        """Let one person after the other write, until cancelled."""
        while True:
            await asyncio.sleep(1 / rate)
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

    def figures(self) -> dict[str, Any]:
        """Return what came of it."""
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
            "twice, not on the wire": sum(not self._on_the_wire(first[each]) for each in twice),
            "on the wire at the kills": sum(map(self._on_the_wire, first.values())),
            "longest wait, s": round(max(waits, default=0.0), 1),
            "median wait, s": round(statistics.median(waits or [0.0]), 2),
        }

    def _on_the_wire(self, taken: float) -> bool:
        return any(taken - LATENCY - 0.05 <= kill <= taken + SETTLED_WITHIN for kill in self.kills)


async def ordeal(place: Path, *, kills: int, rate: float, longest: float = 2.0) -> dict[str, Any]:
    """Kill the bot after at most `longest` seconds of answering, again and again; return what came of it."""
    async with Witness() as api:
        endured = Ordeal(place, api)
        await endured.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                writing = tasks.create_task(endured.write(rate))
                for _ in range(kills):
                    await endured.work(random.uniform(0, longest))
                    await endured.kill()
                    await endured.start()
                await endured.work(0.0)
                writing.cancel()
            await endured.answered(within=60)
            await asyncio.sleep(0.5)
        finally:
            assert endured.process is not None
            endured.process.kill()
            await endured.process.wait()
        return endured.figures()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Print what came of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--rate", type=float, default=20.0, help="people who write, a second")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        came = asyncio.run(ordeal(Path(place), kills=asked.kills, rate=asked.rate))
    print(orjson.dumps(came).decode())


if __name__ == "__main__":
    main()
