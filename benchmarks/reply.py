"""From an update coming in to the reply going out, the database included: idle, at full speed, beside a wave.

An update begins as Telegram's JSON, decoded, and goes the way of a webhook: it is acknowledged once it is on the
disk. A reply is out when its bytes are handed to the network, so that the 60 ms which the server takes to answer are
not in it; that the channel's answer is read and settled too is in the processor time of a conversation, which is
one message answered.
"""

from __future__ import annotations

import asyncio
import gc
import random
import time
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.bench import (
    MONDAY,
    TOKEN,
    Result,
    RunningClock,
    Watch,
    carried_over,
    plan,
    quantile,
    run,
    serving,
    settle_people,
)
from bot.app.wiring import App, build_app
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Channel
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.sending import TelegramChannel
from bot.inbound.dispatcher import InboundDispatcher
from bot.outbound.worker import Worker
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from programme.model.messages import Kind, Message
from programme.redaction.cutter import redact

LATENCY = 0.06
QUESTIONS = ("status saya", "gel 21 terakhir kapan?", "menu", "cara beli pelatihan", "insentif belum cair")
AT_ONCE = 100
"""People who are being answered at the same moment at full speed: 500 a second at 60 ms would be 30."""

Moment = tuple[float, float]  # seconds by the clock, and of this thread's processor

_left: ContextVar[asyncio.Future[Moment]] = ContextVar("left")


def _now() -> Moment:
    return time.perf_counter(), time.thread_time()


class Timed:
    """Telegram, with a note of when each reply left the app."""

    name = "telegram"

    def __init__(self, channel: TelegramChannel, account: Account) -> None:
        self._channel = channel
        self.left: dict[str, asyncio.Future[Moment]] = {}
        session = account.request._session  # type: ignore[attr-defined]
        session.trace_configs.append(_traced())

    async def send(self, address: str, message: Message, *, kind: Kind = Kind.REPLY, edits: str | None = None) -> str:
        left = self.left.get(address)
        if kind is Kind.REPLY and left is not None:
            _left.set(left)
        return await self._channel.send(address, message, kind=kind, edits=edits)


def _traced() -> aiohttp.TraceConfig:
    """Tell whoever waits for a reply that its bytes are handed to the network."""
    traced = aiohttp.TraceConfig()

    async def sent(*_about: object) -> None:
        left = _left.get(None)
        if left is not None and not left.done():
            left.set_result(_now())

    traced.on_request_chunk_sent.append(sent)
    traced.freeze()
    return traced


class Asking:
    """People who write in, each a new update."""

    def __init__(self, app: App, timed: Timed, tasks: asyncio.TaskGroup) -> None:
        self.desk = InboundDispatcher(app.inbox_processor, tasks)
        reader = Reader(me=7, username="SobatBot", signer=ButtonSigner(b"bench"), redact=redact, clock=app.clock)
        self._intake = Intake(reader, self.desk.take, lambda _: "", safe=self.desk.safe)
        self._timed, self._number = timed, 0

    async def one(self, person: int) -> Moment:
        """One person asks; return the seconds until the reply left, by the clock and of the processor."""
        self._number += 1
        address = str(100000 + person)
        left = self._timed.left[address] = asyncio.get_running_loop().create_future()
        update = update_of(self._number, 100000 + person)
        began = _now()
        await self._intake.admit(update)
        await self._intake.safe()
        gone = await left
        return gone[0] - began[0], gone[1] - began[1]

    async def calmly(self, count: int, people: int, pause: float) -> list[Moment]:
        took = []
        for _ in range(count):
            took.append(await self.one(random.randrange(people)))
            await asyncio.sleep(pause)
        return took

    async def flood(self, count: int, people: int) -> tuple[float, float]:
        """As many at once as can be answered; return conversations a second, and a core-second."""
        numbers = iter(range(count))

        async def ask() -> None:
            for number in numbers:
                await self.one(number % people)

        watch = Watch()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(ask())
        while self.desk.waiting:  # noqa: ASYNC110 - until the last one is settled
            await asyncio.sleep(0.01)
        wall, cpu = watch.read()
        return count / wall, count / cpu


def update_of(number: int, chat: int) -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": int(MONDAY.timestamp()),
            "chat": {"id": chat, "type": "private", "first_name": "Sri"},
            "from": {"id": chat, "is_bot": False, "first_name": "Sri", "language_code": "id"},
            "text": QUESTIONS[number % len(QUESTIONS)],
        },
    }


async def ours(address: str, people: int, waved: int) -> list[Result]:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        async with (
            open_account(TOKEN, address, connections=300) as account,
            open_account(TOKEN, address, connections=600) as bulk,
        ):
            timed = Timed(TelegramChannel(account, ButtonSigner(b"bench"), bulk), account)
            channels: Mapping[str, Channel] = {"telegram": timed}
            file = Path(place) / "bench.db"
            async with (
                build_app(database=f"sqlite:///{file}", clock=RunningClock(), channels=channels, key=b"bench") as app,
                asyncio.TaskGroup() as tasks,
            ):
                await settle_people(app.store, waved)
                await asyncio.to_thread(carried_over, file)
                return await _measured(app, timed, tasks, people, waved)
    raise AssertionError


async def _measured(app: App, timed: Timed, tasks: asyncio.TaskGroup, people: int, waved: int) -> list[Result]:
    budget = SharedTokenBucket(app.store, "telegram/1", 1000)
    await budget.open()
    app.sender.smoothers = {"telegram": RateSmoother(budget)}
    asking = Asking(app, timed, tasks)
    gc.freeze()  # as `sobat run` does
    await asking.flood(300, people)  # connections are open, caches are warm
    idle = await asking.calmly(500, people, 0.003)
    rate, per_core = await asking.flood(3000, people)
    await plan(app.store, 1, waved)
    stop = asyncio.Event()
    working = tasks.create_task(Worker(app.sender).run(stop))
    await asyncio.sleep(2)
    beside = await asking.calmly(500, people, 0.01)
    stop.set()
    await working
    return _results(idle, beside, rate, per_core, waved)


def _results(idle: list[Moment], beside: list[Moment], rate: float, per_core: float, waved: int) -> list[Result]:
    calm, busy = _latencies(idle), _latencies(beside)
    times = busy["p99"] / calm["p99"]
    return [
        Result("reply, idle (ms)", calm, "p50 <= 2 ms", calm["p50"] <= 2),
        Result(
            f"reply beside an announcement to {waved:,} at 1,000/s (ms)",
            busy | {"times the idle p99": times},
            "p99 <= 2 x idle",
            times <= 2,
        ),
        Result("conversations", {"a second": rate, "a core-second": per_core}, ">= 500 on one core", per_core >= 500),
    ]


def _latencies(took: list[Moment]) -> dict[str, float]:
    """By the clock, and what of it the processor worked, which shared cores leave alone."""
    clock, worked = [each[0] * 1000 for each in took], [each[1] * 1000 for each in took]
    shown = {"p50": quantile(clock, 0.5), "p99": quantile(clock, 0.99)}
    return shown | {"p50 at work": quantile(worked, 0.5), "p99 at work": quantile(worked, 0.99)}


def main(people: int = 1000, waved: int = 800_000) -> list[Result]:
    with serving(latency=LATENCY) as address:
        return run(ours(address, people, waved))  # type: ignore[no-any-return]
