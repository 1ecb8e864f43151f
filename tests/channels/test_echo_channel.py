"""A channel is one folder: this one speaks lines over TCP, and is wired by one entry of a mapping."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.app.wiring import build_app
from bot.channels.channel import FREE, Terms
from bot.channels.plain import plain
from bot.inbound.dispatcher import InboundDispatcher
from programme.model.clock import SetClock
from programme.model.messages import Incoming, Kind, Message
from programme.redaction.cutter import redact

NOW = datetime(2021, 10, 18, 2, tzinfo=UTC)


class LineChannel:
    """One TCP connection a person; a line in is a message, a message out is a line."""

    name = "lines"

    def __init__(self) -> None:
        self._open: dict[str, asyncio.StreamWriter] = {}
        self._numbers = count(1)

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        writer = self._open[address]
        writer.write(plain(message.text).replace("\n", " ").encode() + b"\n")
        await writer.drain()
        return str(next(self._numbers))

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, inbound: InboundDispatcher
    ) -> None:
        address = str(writer.get_extra_info("peername")[1])
        self._open[address] = writer
        async for line in reader:
            text, cut = redact(line.decode().strip())
            number = f"{address}/{next(self._numbers)}"
            heard = Incoming(channel="lines", address=address, id=number, at=NOW, text=text, redacted=cut)
            await inbound.take(heard)
        writer.close()


@pytest.fixture
async def port(tmp_path: Path) -> AsyncIterator[int]:
    channel = LineChannel()
    wired = build_app(
        database=f"sqlite:///{tmp_path}/a.db", clock=SetClock(NOW), channels={"lines": channel}, key=b"k" * 32
    )
    async with wired as app, asyncio.TaskGroup() as tasks:
        dispatcher = InboundDispatcher(app.inbox_processor, tasks)
        server = await asyncio.start_server(lambda r, w: channel.serve(r, w, dispatcher), "127.0.0.1", 0)
        yield server.sockets[0].getsockname()[1]
        server.close()


async def test_somebody_on_a_new_channel_is_answered_and_known(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"gelombang 21 terakhir beli kapan?\n")
    assert "21 Oktober 2021" in (await reader.readline()).decode()
    writer.write(b"saya lolos gelombang 21\n")
    assert "gelombang 21" in (await reader.readline()).decode().lower()
    writer.close()
