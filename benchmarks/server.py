"""A Bot API and Graph server quick enough not to matter, in a process of its own, with latency and an enforced limit.

    python -m benchmarks.server --latency 0.06 --per-second 1000

Every chat exists. A client may call it under a path of its own, `http://127.0.0.1:PORT/NAME`: with `--witness` it notes
in which moment it accepted whose message to whom, and `GET /of/NAME` tells those of one client, `GET /accepted` all.
`GET /stats` counts. How strict the real servers are is the business of `tests/fakes/bot_api.py` and `graph.py` there.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import subprocess
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

import orjson

from benchmarks.loops import run

_TAIL = (
    b',"from":{"id":7000000001,"is_bot":true,"first_name":"Sobat","username":"SobatPrakerjaBot"},'
    b'"chat":{"id":1,"first_name":"Siti","type":"private"},"date":1634526000,'
    b'"text":"Hai! Sampai 23.59 WIB masih ada waktu untuk membeli pelatihan pertama."}}'
)
_TAKEN = (
    b'{"messaging_product":"whatsapp","contacts":[{"input":"6281200000001","wa_id":"6281200000001"}],'
    b'"messages":[{"id":"wamid.HBgNNjI4MTIwMDAwMDAwMRUCABEYEj%020d"}]}'
)
_BOT = b'{"ok":true,"result":{"id":7000000001,"is_bot":true,"first_name":"Sobat","username":"SobatPrakerjaBot"}}'


@contextmanager
def serving(**options: Any) -> Iterator[str]:
    """Run the server; yield its address."""
    words = [sys.executable, "-m", "benchmarks.server"]
    for name, value in options.items():
        flag = f"--{name.replace('_', '-')}"
        words += [flag] if value is True else [flag, str(value)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def ask(address: str, path: str) -> Any:
    """Ask the server."""
    with urllib.request.urlopen(f"{address}{path}") as answer:  # noqa: S310 - loopback
        return orjson.loads(answer.read())


@dataclass
class Desk:
    """What the server counts, over a sliding second as the real one does."""

    latency: float = 0.0
    per_second: float | None = None
    witness: bool = False
    received: int = 0
    deleted: int = 0
    throttled: int = 0
    busiest: int = 0
    first_at: float = 0.0
    last_at: float = 0.0
    recent: deque[float] = field(default_factory=deque)
    blocked_until: float = 0.0
    accepted: list[tuple[str, int, float]] = field(default_factory=list)

    def answer(self, path: bytes, body: bytes, now: float) -> bytes:
        """Answer a call of a bot's."""
        if path.endswith(b"/getMe"):
            return http(b"200 OK", _BOT)
        if path.endswith(b"/media"):
            return http(b"200 OK", b'{"id":"1037543291543636"}')
        of_graph = path.endswith(b"/messages")
        deletes = path.endswith(b"/deleteMessage")
        if not of_graph and not deletes and b"/send" not in path:
            return http(b"200 OK", b'{"ok":true,"result":true}')
        if (wait := self._over(now)) is not None:
            self.throttled += 1
            return http(b"429 Too Many Requests", orjson.dumps(_limit_hit() if of_graph else _too_many(wait)))
        if deletes:
            self.deleted += 1
            return http(b"200 OK", b'{"ok":true,"result":true}')
        self.received += 1
        self.first_at, self.last_at = self.first_at or now, now
        if of_graph:
            return http(b"200 OK", _TAKEN % self.received)
        if self.witness:
            self.accepted.append((path.split(b"/")[1].decode(), chat_of(body), time.time()))
        return http(b"200 OK", b'{"ok":true,"result":{"message_id":%d' % self.received + _TAIL)

    def told(self, path: bytes) -> Any:
        """Answer a question of the benchmark's, None where it is none."""
        if path == b"/stats":
            names = ("received", "deleted", "throttled", "busiest", "first_at", "last_at")
            return {name: getattr(self, name) for name in names}
        if path == b"/accepted":
            return self.accepted
        if path.startswith(b"/of/"):
            return [one for one in self.accepted if one[0] == path[4:].decode()]
        return None

    def _over(self, now: float) -> int | None:
        recent = self.recent
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if now < self.blocked_until:
            return math.ceil(self.blocked_until - now)
        # What the network shifts together is forgiven.
        if self.per_second is not None and len(recent) >= self.per_second * 1.01:
            self.blocked_until = now + 1
            return 1
        recent.append(now)
        self.busiest = max(self.busiest, len(recent))
        return None


def _too_many(wait: int) -> dict[str, Any]:
    said = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {wait}"}
    return {**said, "parameters": {"retry_after": wait}}


def _limit_hit() -> dict[str, Any]:
    return {"error": {"message": "(#130429) Rate limit hit", "type": "OAuthException", "code": 130429}}


def chat_of(body: bytes) -> int:
    """Whom a call is to."""
    at = end = body.index(b'"chat_id":') + 10
    while body[end : end + 1] not in (b",", b"}"):
        end += 1
    return int(body[at:end].strip(b'"'))


def http(status: bytes, body: bytes) -> bytes:
    """A whole answer."""
    head = b"HTTP/1.1 %b\r\nServer: nginx\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % (status, len(body)) + body


class Served(asyncio.Protocol):
    """One client's connection."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.loop = asyncio.get_running_loop()
        self.buffer = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        data = self.buffer + data if self.buffer else data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            whole = end + 4 + _length(data[:end].lower())
            if len(data) < whole:
                break
            self._serve(data[: data.find(b" HTTP/")].split(b" ", 1)[1], data[end + 4 : whole])
            data = data[whole:]
        self.buffer = data

    def _serve(self, path: bytes, body: bytes) -> None:
        if (told := self.desk.told(path)) is not None:
            self.transport.write(http(b"200 OK", orjson.dumps(told)))
            return
        answer = self.desk.answer(path, body, self.loop.time())
        if self.desk.latency:
            self.loop.call_later(self.desk.latency, self._say, answer)
        else:
            self.transport.write(answer)

    def _say(self, answer: bytes) -> None:
        if not self.transport.is_closing():  # who asked may have been killed meanwhile
            self.transport.write(answer)


def _length(head: bytes) -> int:
    at = head.find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def take_precedence(pid: int = 0, priority: int = 10) -> None:
    """Run ahead of everything else, where the system allows it: this stands for somebody else's machine.

    What this process starts later runs as usual; of another one, `pid`, its threads and children go with it.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(pid, os.SCHED_FIFO | (0 if pid else os.SCHED_RESET_ON_FORK), os.sched_param(priority))


async def _main() -> None:
    parser = argparse.ArgumentParser(description="A quick Bot API and Graph server for benchmarks: every chat exists.")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every answer")
    parser.add_argument("--per-second", type=float, help="messages a second before 429")
    parser.add_argument("--witness", action="store_true", help="note who sent what to whom")
    parser.add_argument("--precedence", action="store_true", help="never wait for a processor, like another machine")
    asked = parser.parse_args()
    if asked.precedence:
        take_precedence()
    desk = Desk(asked.latency, asked.per_second, asked.witness)
    server = await asyncio.get_running_loop().create_server(lambda: Served(desk), "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    run(_main())
