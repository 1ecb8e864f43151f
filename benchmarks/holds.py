"""For how long the event loop is held in one piece: whoever writes meanwhile waits at least so long."""

from __future__ import annotations

import asyncio
import socket
import tempfile
import time
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.bench import Result, run
from bot.app.web_server import new_app, serve_until
from bot.app.wiring import App, build_app
from bot.channels.terminal.channel import TerminalChannel
from bot.channels.web.channel import WebChannel
from bot.demo.pages import mount
from bot.inbound.dispatcher import InboundDispatcher
from bot.inbound.rehearsal import rehearse
from programme.model.clock import SystemClock
from programme.model.messages import Incoming, Sort
from reminders.pictures.deadline_card import DeadlineCard, draw

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


def _card(number: int) -> DeadlineCard:
    """Return a card that was not drawn before."""
    return DeadlineCard(
        headline=f"{number} hari lagi",
        days_left=number,
        date_line="Kamis, 21 Oktober 2021",
        time_line="23.59 WIB",
        own_time_line="01.59 WIT, Jumat, 22 Oktober 2021",
        footer="Beli pelatihan pertama Gelombang 21",
    )


async def _draw() -> None:
    """Draw pictures as a sender does, apart from the loop."""
    for number in range(1, 4):
        await asyncio.to_thread(draw, _card(number))


def _open_pages(port: int) -> None:
    """Open the page as three browsers, one after the other."""
    for number in range(3):
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/", headers={"Cookie": f"sobat={number:022d}"})
        with urllib.request.urlopen(asked) as page:  # noqa: S310
            assert b"Sobat" in page.read()


async def _measured() -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        url, clock = f"sqlite:///{Path(place) / 'holds.db'}", SystemClock()
        web = WebChannel(clock)
        channels = {"terminal": TerminalChannel(), "web": web}
        async with (
            build_app(database=url, clock=clock, channels=channels, key=b"only for benchmarks") as app,
            asyncio.TaskGroup() as tasks,
        ):
            await rehearse(app.inbox_processor)
            desk, server, stop = InboundDispatcher(app.inbox_processor, tasks), new_app(), asyncio.Event()
            listener = socket.create_server(("127.0.0.1", 0))
            mount(app, web, None, server)
            serving = tasks.create_task(serve_until(stop, server, tasks, listener))
            await asyncio.sleep(1)  # until it serves

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
                "pictures drawn": _draw,
                "the page served": lambda: asyncio.to_thread(_open_pages, listener.getsockname()[1]),
            }
            lines = [_line(name, await _held(job)) for name, job in jobs.items()]
            stop.set()
            await serving
            return lines


def _line(name: str, seconds: float) -> Result:
    return Result(name, {"s held at most": seconds}, "<= 0.025 s", seconds <= _LONGEST)


def main() -> list[Result]:
    return run(_measured())
