"""A Bot API server quick enough not to matter, with latency, an enforced limit, 403s, and lost answers.

    python -m benchmarks.server --port 8099 --latency 0.06 --per-second 1000

Every chat exists. `GET /stats` tells what arrived; `GET /reset` begins anew.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

import orjson

try:
    import uvloop
except ImportError:  # not on every system
    uvloop = None  # type: ignore[assignment]

_TAIL = (
    b',"from":{"id":7000000001,"is_bot":true,"first_name":"Sobat","username":"SobatPrakerjaBot"},'
    b'"chat":{"id":1,"first_name":"Siti","type":"private"},"date":1634526000,'
    b'"text":"Hai! Sampai 23.59 WIB masih ada waktu untuk membeli pelatihan pertama."}}'
)
_BOT = b'{"ok":true,"result":{"id":7000000001,"is_bot":true,"first_name":"Sobat","username":"SobatPrakerjaBot"}}'


@dataclass
class Desk:
    """What the server counts, over a sliding second as the real one does."""

    latency: float = 0.0
    per_second: float | None = None
    forbidden_every: int = 0
    lose_every: int = 0
    remember: bool = False
    throttle_at: int = 0
    retry_after: int = 0
    received: int = 0
    throttled: int = 0
    forbidden: int = 0
    lost: int = 0
    busiest: int = 0
    first_at: float = 0.0
    throttled_at: float = 0.0
    last_at: float = 0.0
    recent: deque[float] = field(default_factory=deque)
    chats: Counter[bytes] = field(default_factory=Counter)
    blocked_until: float = 0.0

    def reset(self) -> None:
        fresh = Desk(self.latency, self.per_second, self.forbidden_every, self.lose_every, self.remember)
        self.__dict__.update(fresh.__dict__)

    def answer(self, path: bytes, body: bytes, now: float) -> bytes | None:
        """The answer to a call, None where it is lost after acceptance."""
        if path.endswith(b"/getMe"):
            return http(b"200 OK", _BOT)
        if b"/send" not in path:
            return http(b"200 OK", b'{"ok":true,"result":true}')
        if (wait := self._over(now)) is not None:
            self.throttled += 1
            self.throttled_at = self.throttled_at or now
            said = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {wait}"}
            return http(b"429 Too Many Requests", orjson.dumps(said | {"parameters": {"retry_after": wait}}))
        self.received += 1
        self.first_at, self.last_at = self.first_at or now, now
        if self.forbidden_every and self.received % self.forbidden_every == 0:
            self.forbidden += 1
            said = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
            return http(b"403 Forbidden", orjson.dumps(said))
        if self.remember:
            self.chats[chat_of(body)] += 1
        if self.lose_every and self.received % self.lose_every == 0:
            self.lost += 1
            return None
        return http(b"200 OK", b'{"ok":true,"result":{"message_id":%d' % self.received + _TAIL)

    def _over(self, now: float) -> int | None:
        recent = self.recent
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if now < self.blocked_until:
            return math.ceil(self.blocked_until - now)
        if self.throttle_at and self.received >= self.throttle_at:
            self.throttle_at, self.blocked_until = 0, now + self.retry_after
            return self.retry_after
        if (
            self.per_second is not None and len(recent) >= self.per_second * 1.01
        ):  # what the network shifts together is forgiven
            self.blocked_until = now + 1
            return 1
        recent.append(now)
        self.busiest = max(self.busiest, len(recent))
        return None

    def stats(self) -> bytes:
        names = ("received", "throttled", "forbidden", "lost", "busiest", "first_at", "last_at", "throttled_at")
        told: dict[str, object] = {name: getattr(self, name) for name in names}
        if self.remember:
            told["chats"] = {chat.decode(): times for chat, times in self.chats.items()}
        return orjson.dumps(told)


def chat_of(body: bytes) -> bytes:
    """Whom a call is to, from its JSON or its form."""
    at = body.find(b'"chat_id":') + 10
    if at < 10:  # a form, as some clients send
        at = body.find(b"chat_id=") + 8
    end = at
    while body[end : end + 1] not in (b",", b"}", b"&", b""):
        end += 1
    return body[at:end].strip(b'"')


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
        while True:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                break
            head = data[:end].lower()
            at = head.find(b"content-length:")
            length = 0
            if at >= 0:
                line = head.find(b"\r\n", at)
                length = int(head[at + 15 : line if line > 0 else end])
            whole = end + 4 + length
            if len(data) < whole:
                break
            self._serve(data[: data.find(b" HTTP/")], data[end + 4 : whole])
            data = data[whole:]
        self.buffer = data

    def _serve(self, line: bytes, body: bytes) -> None:
        path = line.split(b" ", 1)[1]
        if path == b"/stats":
            self.transport.write(http(b"200 OK", self.desk.stats()))
        elif path.startswith(b"/throttle/"):
            at, wait = path.split(b"/")[2:]
            self.desk.throttle_at, self.desk.retry_after = int(at), int(wait)
            self.transport.write(http(b"200 OK", b"{}"))
        elif path == b"/reset":
            self.desk.reset()
            self.transport.write(http(b"200 OK", b"{}"))
        else:
            answer = self.desk.answer(path, body, self.loop.time())
            if answer is None:
                self.transport.abort()
            elif self.desk.latency:
                self.loop.call_later(self.desk.latency, self._say, answer)
            else:
                self.transport.write(answer)

    def _say(self, answer: bytes) -> None:
        if not self.transport.is_closing():  # who asked may have been killed meanwhile
            self.transport.write(answer)


def take_precedence() -> None:
    """Run ahead of everything else, where the system allows it: this stands for somebody else's machine."""
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))


async def _main() -> None:
    parser = argparse.ArgumentParser(description="A quick Bot API server for benchmarks: every chat exists.")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every answer")
    parser.add_argument("--per-second", type=float, help="messages a second before 429")
    parser.add_argument("--forbidden-every", type=int, default=0, help="every so many, somebody has blocked the bot")
    parser.add_argument("--lose-every", type=int, default=0, help="every so many, the answer is lost after acceptance")
    parser.add_argument("--remember", action="store_true", help="count messages by chat")
    parser.add_argument("--precedence", action="store_true", help="never wait for a processor, like another machine")
    asked = parser.parse_args()
    if asked.precedence:
        take_precedence()
    desk = Desk(asked.latency, asked.per_second, asked.forbidden_every, asked.lose_every, asked.remember)
    server = await asyncio.get_running_loop().create_server(lambda: Served(desk), "127.0.0.1", asked.port, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    (uvloop or asyncio).run(_main())
