"""A script opens the page 1,200 times beside people on Telegram: how long do they wait, and what does it cost?

`python -m benchmarks.page_crowd`
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from tests.fakes.bot_api import FakeBotApi

RATE, SECONDS, SIDE_BY_SIDE = 10.0, 20.0, 50


async def crowd(root: Path, place: Path, visits: int) -> dict[str, Any]:
    """Let people write for a while, and meanwhile a script open the page; return what came of it."""
    async with FakeBotApi() as api:
        settings = {
            "TELEGRAM_TOKEN": api.token,
            "TELEGRAM_BASE_URL": api.base_url,
            "DATABASE_URL": f"sqlite:///{place}/sobat.db",
            "PORT": "18765",
            "WEB_CHAT": "on",
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "from bot.cli.main import app; app()", "run"), cwd=root, env=os.environ | settings
        )
        try:
            await _answered(api, 1)
            before, waits, statuses = _memory(process.pid), [], Counter[int]()
            async with asyncio.TaskGroup() as tasks:
                writing = [tasks.create_task(_wait(api, 1000 + n, n / RATE)) for n in range(round(RATE * SECONDS))]
                tasks.create_task(_visit(visits, statuses))
            waits = sorted(task.result() for task in writing)
            grown = _memory(process.pid) - before
        finally:
            process.kill()
            await process.wait()
    return {
        "visits": visits,
        "by status": {str(status): count for status, count in statuses.items()},
        "replies": len(waits),
        "median, s": round(statistics.median(waits), 3),
        "p99, s": round(waits[int(len(waits) * 0.99)], 3),
        "longest, s": round(waits[-1], 3),
        "memory grown, MB": grown >> 10,
    }


async def _answered(api: FakeBotApi, number: int) -> float:
    person, began = api.user(number), time.monotonic()
    await person.says("/start g21")
    await person.hears("Gelombang 21", within=120)
    return time.monotonic() - began


async def _wait(api: FakeBotApi, number: int, after: float) -> float:
    await asyncio.sleep(after)
    return await _answered(api, number)


async def _visit(visits: int, statuses: Counter[int]) -> None:
    """Open the page again and again, each time as somebody new."""
    await asyncio.sleep(SECONDS / 4)
    room = asyncio.Semaphore(SIDE_BY_SIDE)

    async def once(session: aiohttp.ClientSession, number: int) -> None:
        async with room:
            cookie = {"Cookie": f"sobat={number:022d}"}
            try:
                async with session.get("http://127.0.0.1:18765/", headers=cookie) as answer:
                    await answer.read()
                    statuses[answer.status] += 1
            except aiohttp.ClientError:
                statuses[0] += 1

    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session, asyncio.TaskGroup() as tasks:
        for number in range(visits):
            tasks.create_task(once(session, number))


def _memory(pid: int) -> int:
    """Return the resident memory of a process, in kB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def main() -> None:
    """Print what came of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=1200)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the version to run")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        print(orjson.dumps(asyncio.run(crowd(asked.root, Path(place), asked.visits))).decode())


if __name__ == "__main__":
    main()
