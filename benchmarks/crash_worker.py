"""One worker of the `crash` benchmark: sends until nothing is open, or until it is killed.

python -m benchmarks.crash_worker DATABASE SERVER RATE BEGAN LEASE
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from datetime import datetime, timedelta

from benchmarks.loops import run
from benchmarks.people import MONDAY, TOKEN
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.outbound.sender import Sender
from bot.outbound.worker import Worker
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from bot.store import open_store
from programme.programme import load_programme


class SharedClock:
    """The same Monday morning in every process."""

    def __init__(self, began: float) -> None:
        self.began = began

    def now(self) -> datetime:
        return self.at(time.time())

    def at(self, moment: float) -> datetime:
        """Return what the clock shows at `moment`, in seconds since 1970."""
        return MONDAY + timedelta(seconds=moment - self.began)


async def main(database: str, address: str, rate: str, began: str, lease: str) -> None:
    logging.disable(logging.ERROR)
    clock, stop = SharedClock(float(began)), asyncio.Event()
    store = open_store(database, clock)
    async with open_account(TOKEN, address, connections=600) as account, asyncio.TaskGroup() as tasks:
        budget = SharedTokenBucket(store, "telegram/1", float(rate))
        await budget.open()
        channels = {"telegram": TelegramChannel(account, ButtonSigner(b"bench"))}
        sender = Sender(store, clock, load_programme(), channels, smoothers={"telegram": RateSmoother(budget)})
        working = tasks.create_task(Worker(sender, lease=timedelta(seconds=float(lease))).run(stop))
        while not stop.is_set():
            await asyncio.sleep(0.25)
            if working.done() or not await _anything_left(sender):
                stop.set()
    await store.close()


async def _anything_left(sender: Sender) -> bool:
    async with sender.store.reading() as tx:
        return await tx.outbox.next_due() is not None


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
