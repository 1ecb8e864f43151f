"""What stands before every request: limits, an end to patience, and headers on every answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import PlainTextResponse

from bot.app.http_timeouts import LONGEST_HEADERS, PatientProtocol
from bot.app.port import listen_at
from bot.app.request_limits import LARGEST_BODY
from bot.app.settings import Settings
from bot.app.web_server import new_app
from bot.channels.web.headers import HEADERS
from bot.demo.page_limits import ALL_VISITS, MOST_OPEN, MOST_WAITING, VISITS, Doorkeeper, Visits


class Hasty(PatientProtocol):
    headers_within, body_within = 0.2, 0.2


def an_app() -> FastAPI:
    app = new_app()

    @app.get("/")
    async def page() -> str:
        return "page"

    @app.post("/said")
    async def said(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    return app


@asynccontextmanager
async def serving(app: FastAPI, protocol: type[PatientProtocol] = Hasty) -> AsyncIterator[int]:
    listener = listen_at(Settings(port=_free_port()))
    server = uvicorn.Server(uvicorn.Config(app, http=protocol, log_level="error"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1]
        server.should_exit = True


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/nothing"), ("POST", "/"), ("POST", "/said")])
async def test_every_answer_says_what_it_is_not_for(method: str, path: str) -> None:
    """Also the ones that refuse."""
    async with (
        serving(an_app()) as port,
        aiohttp.request(method, f"http://127.0.0.1:{port}{path}") as answer,
    ):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /said HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
        b"POST /said HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * (LONGEST_HEADERS + 1000),
    ],
    ids=["nothing", "half a header", "half a body", "half a chunk", "a body nobody reads", "headers without end"],
)
async def test_half_a_request_is_not_waited_for(begun: bytes) -> None:
    async with serving(an_app()) as port:
        reading, writing = await asyncio.open_connection("127.0.0.1", port)
        writing.write(begun)
        async with asyncio.timeout(60):
            try:
                while await reading.read(1000):
                    pass
            except ConnectionError:
                pass
        writing.close()


async def test_a_request_that_comes_in_pieces_but_in_time_is_answered() -> None:
    async with serving(an_app(), PatientProtocol) as port:
        reading, writing = await asyncio.open_connection("127.0.0.1", port)
        for piece in (b"POST /said HT", b"TP/1.1\r\nHost: x\r\nContent-", b"Length: 4\r\n\r\nha", b"lo"):
            writing.write(piece)
            await writing.drain()
            await asyncio.sleep(0)
        assert b"200 OK" in await reading.readline()
        writing.close()


async def test_more_than_anybody_has_to_say_is_refused() -> None:
    async with serving(an_app(), PatientProtocol) as port, aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{port}/said"
        async with session.post(url, data=b"x" * (1 << 20)) as answer:
            assert (answer.status, await answer.text()) == (200, str(1 << 20))
        async with session.post(url, data=b"x" * (LARGEST_BODY + (1 << 20))) as answer:
            assert answer.status == 413


async def _visit(door: Doorkeeper, address: str) -> int:
    statuses: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "client": (address, 1)}
    await door(scope, receive, send)
    return statuses[0]


async def test_who_opens_page_after_page_is_asked_to_come_back_and_others_are_not() -> None:
    """A script from one address has its own share; all together have theirs."""
    door = Doorkeeper(PlainTextResponse("page"), Visits(lambda: (0, 0)), breath=0)
    greedy = await asyncio.gather(*(_visit(door, "192.0.2.1") for _ in range(1200)))
    assert greedy.count(200) <= VISITS[0] + 5
    assert greedy[-1] == 503
    assert await _visit(door, "192.0.2.2") == 200
    crowd = await asyncio.gather(*(_visit(door, f"198.51.100.{number % 250}") for number in range(1200)))
    assert crowd.count(200) <= ALL_VISITS[0] + 10


@pytest.mark.parametrize("pages", [(MOST_WAITING, MOST_WAITING), (0, MOST_OPEN)])
async def test_no_page_is_built_while_too_many_wait(pages: tuple[int, int]) -> None:
    """Each holds its memory until its browser comes, or for a minute."""
    assert await _visit(Doorkeeper(PlainTextResponse("page"), Visits(lambda: pages)), "192.0.2.1") == 503
