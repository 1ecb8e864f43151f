"""From an update coming in to the reply going out, the database included: idle, at full speed, beside a wave."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping

from benchmarks.bench import MONDAY, TOKEN, Result, RunningClock, Watch, plan, quantile, run, serving, settle_people
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Channel
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.front_desk import FrontDesk
from bot.pacing import Pacer
from bot.pacing.shared import SharedBudget
from bot.wiring import House, open_house
from bot.worker import Worker
from programme.messages import Incoming, Kind, Message

LATENCY = 0.06
QUESTIONS = ("status saya", "gel 21 terakhir kapan?", "menu", "cara beli pelatihan", "insentif belum cair")


class Timed:
    """Telegram, with a note of when each reply left the house."""

    name = "telegram"

    def __init__(self, channel: TelegramChannel) -> None:
        self._channel = channel
        self.left: dict[str, asyncio.Future[float]] = {}

    async def send(self, address: str, message: Message, *, kind: Kind = Kind.REPLY, edits: str | None = None) -> str:
        left = self.left.get(address)
        if kind is Kind.REPLY and left is not None and not left.done():
            left.set_result(time.perf_counter())
        return await self._channel.send(address, message, kind=kind, edits=edits)


class Asking:
    """People who write in, each a new message number."""

    def __init__(self, house: House, timed: Timed, tasks: asyncio.TaskGroup) -> None:
        self.desk = FrontDesk(house.reception, tasks)
        self._timed, self._number = timed, 0

    async def one(self, person: int) -> float:
        """One person asks; return the seconds until the reply left."""
        self._number += 1
        address = str(100000 + person)
        left = self._timed.left[address] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await self.desk.take(
            Incoming(
                channel="telegram",
                address=address,
                id=f"m{self._number}",
                at=MONDAY,
                text=QUESTIONS[self._number % len(QUESTIONS)],
            )
        )
        return await left - began

    async def calmly(self, count: int, people: int, pause: float) -> list[float]:
        took = []
        for _ in range(count):
            took.append(await self.one(random.randrange(people)))
            await asyncio.sleep(pause)
        return took

    async def flood(self, count: int) -> float:
        """Everybody at once; return conversations a second."""
        began = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for person in range(count):
                tasks.create_task(self.one(person))
        return count / (time.perf_counter() - began)


async def ours(address: str, people: int, waved: int) -> list[Result]:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sobat-bench-") as place:
        async with (
            open_account(TOKEN, address, connections=300) as account,
            open_account(TOKEN, address, connections=600) as bulk,
        ):
            timed = Timed(TelegramChannel(account, ButtonSigner(b"bench"), bulk))
            channels: Mapping[str, Channel] = {"telegram": timed}
            database = f"sqlite:///{place}/bench.db"
            async with (
                open_house(database=database, clock=RunningClock(), channels=channels, key=b"bench") as house,
                asyncio.TaskGroup() as tasks,
            ):
                return await _measured(house, timed, tasks, people, waved)
    raise AssertionError


async def _measured(house: House, timed: Timed, tasks: asyncio.TaskGroup, people: int, waved: int) -> list[Result]:
    await settle_people(house.store, waved)
    budget = SharedBudget(house.store, "telegram/1", 1000)
    await budget.open()
    house.courier.pacers = {"telegram": Pacer(budget)}
    asking = Asking(house, timed, tasks)
    await asking.calmly(50, people, 0)
    idle = await asking.calmly(400, people, 0.003)
    watch = Watch()
    rate = await asking.flood(600)
    _, cpu = watch.read()
    await plan(house.store, 1, waved)
    stop = asyncio.Event()
    working = tasks.create_task(Worker(house.courier).run(stop))
    await asyncio.sleep(2)
    beside = await asking.calmly(400, people, 0.01)
    stop.set()
    await working
    return _results(idle, beside, rate, 600 / cpu, waved)


def _results(idle: list[float], beside: list[float], rate: float, per_core: float, waved: int) -> list[Result]:
    p50, p99 = quantile(idle, 0.5) * 1000, quantile(idle, 0.99) * 1000
    busy50, busy99 = quantile(beside, 0.5) * 1000, quantile(beside, 0.99) * 1000
    return [
        Result("reply, idle (ms)", {"p50": p50, "p99": p99}, "p50 <= 2 ms", p50 <= 2),
        Result(
            f"reply beside an announcement to {waved:,} at 1,000/s (ms)",
            {"p50": busy50, "p99": busy99, "times the idle p99": busy99 / p99},
            "p99 <= 2 x idle",
            busy99 <= 2 * p99,
        ),
        Result("conversations", {"a second": rate, "a core-second": per_core}, ">= 500 on one core", per_core >= 500),
    ]


def main(people: int = 1000, waved: int = 800_000) -> list[Result]:
    with serving(latency=LATENCY) as address:
        return run(ours(address, people, waved))  # type: ignore[no-any-return]
