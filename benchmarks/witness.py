"""The quick server, with a memory: which worker's message it accepted for whom, and when.

    python -m benchmarks.witness --latency 0.06

A worker calls it under a path of its own, `http://127.0.0.1:PORT/NAME`. `GET /of/NAME` tells what came from it,
`GET /stats` everything: `[worker, chat, moment of acceptance]`, the moment in seconds since 1970.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import dataclass, field

import orjson

from benchmarks.bench import run
from benchmarks.server import Desk, Served, chat_of, http, take_precedence


@dataclass
class Witness(Desk):
    """Notes each message in the moment in which it is accepted; its answer comes after the latency."""

    accepted: list[tuple[str, int, float]] = field(default_factory=list)

    def answer(self, path: bytes, body: bytes, now: float) -> bytes | None:
        if path.startswith(b"/of/"):
            name = path[4:].decode()
            return http(b"200 OK", orjson.dumps([one for one in self.accepted if one[0] == name]))
        answer = super().answer(path, body, now)
        if b"/send" in path and answer is not None and answer.startswith(b"HTTP/1.1 200"):
            self.accepted.append((path.split(b"/")[1].decode(), int(chat_of(body)), time.time()))
        return answer

    def stats(self) -> bytes:
        return orjson.dumps(self.accepted)


async def _main() -> None:
    parser = argparse.ArgumentParser(description="A quick Bot API server that notes who sent what to whom.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every answer")
    parser.add_argument("--precedence", action="store_true", help="never wait for a processor, like another machine")
    asked = parser.parse_args()
    if asked.precedence:
        take_precedence()
    desk = Witness(asked.latency)
    server = await asyncio.get_running_loop().create_server(lambda: Served(desk), "127.0.0.1", asked.port, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    run(_main())
