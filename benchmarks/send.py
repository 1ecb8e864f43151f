"""Unpaced, at 0 ms: how many deliveries a second one core carries, claimed and settled in SQLite."""

from __future__ import annotations

import asyncio
import time

from benchmarks.bench import Result, Watch, run, serving, states
from benchmarks.planned_wave import a_planned_wave
from benchmarks.rivals import rivals
from bot.outbound.worker import Worker

COUNT = 40_000
TARGET = 10_000


async def ours(address: str, count: int) -> Result:
    async with a_planned_wave(address, count) as sender:
        watch = Watch()
        await Worker(sender).drain()
        wall, cpu = watch.read()
        sent = (await states(sender.store)).get("sent", 0)
        assert sent == count, await states(sender.store)
    return Result(
        "sobat: claim, send, settle (SQLite)",
        {"a second": round(count / wall), "a core-second": round(count / cpu), "CPU s per 1,000": cpu / count * 1000},
        f">= {TARGET:,} a core-second",
        count / cpu >= TARGET,
    )


async def server_alone(address: str) -> Result:
    """How fast the server is: eight connections that do nothing but ask."""
    count, took = 60_000, time.perf_counter()
    body = b'{"chat_id":100001,"text":"Hai"}'
    request = b"POST /bot1:a/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rsplit(":", 1)[1]))
        for _ in range(count // 8 // 50):
            writer.write(request * 50)
            for _ in range(50):
                await reader.readuntil(b"\r\n\r\n")
                await reader.readuntil(b"}}")
        writer.close()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(8):
            tasks.create_task(client())
    return Result("the server itself", {"a second": round(count / (time.perf_counter() - took))})


def main(count: int = COUNT) -> list[Result]:
    with serving() as address:
        results = [run(server_alone(address)), run(ours(address, count))]
        return results + rivals(address)
