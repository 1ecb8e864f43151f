"""For how long the event loop is held in one piece: whoever writes meanwhile waits at least so long."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.bench import Result, run
from bot.app.wiring import App, build_app
from bot.channels.terminal.channel import TerminalChannel
from bot.inbound.dispatcher import InboundDispatcher
from bot.inbound.rehearsal import rehearse
from programme.model.clock import SystemClock
from programme.model.messages import Incoming, Sort

_LONGEST = 0.025
_TEXTS = ("halo kak", "gelombang 21 kapan batas belinya?", "cara beli pelatihan gimana", "saldo saya kok 0")


async def _held(job: Callable[[], Awaitable[object]]) -> float:
    """Return the longest time for which nobody else could run while `job` did."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(watch())
        await asyncio.sleep(0)  # it watches from here on
        await job()
        await asyncio.sleep(0)  # and sees the end
        watching.cancel()
    return longest


def _said(app: App, number: int, text: str) -> Incoming:
    who = f"p{number}"
    return Incoming(channel="terminal", address=who, id=who, at=app.clock.now(), sort=Sort.TEXT, text=text)


async def _measured() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        channels = {"terminal": TerminalChannel()}
        url, clock = f"sqlite:///{Path(place) / 'holds.db'}", SystemClock()
        async with (
            build_app(database=url, clock=clock, channels=channels, key=b"only for benchmarks") as app,
            asyncio.TaskGroup() as tasks,
        ):
            await rehearse(app.inbox_processor)
            desk = InboundDispatcher(app.inbox_processor, tasks)

            async def batch() -> None:
                for number in range(100):
                    await desk.take(_said(app, number, _TEXTS[number % len(_TEXTS)]))
                await desk.safe()

            jobs: dict[str, Callable[[], Awaitable[object]]] = {
                "first text": lambda: desk.take(_said(app, 1000, _TEXTS[1])),
                "a batch of 100 updates": batch,
                "sweep": app.jobs.sweep,
                "announcements": app.jobs.rounds.run,
                "tidy": app.jobs.tidy,
            }
            return [_line(name, await _held(job)) for name, job in jobs.items()]


def _line(name: str, seconds: float) -> Result:
    return Result(name, {"s held at most": seconds}, "<= 0.025 s", seconds <= _LONGEST)


def main() -> list[Result]:
    return run(_measured())
