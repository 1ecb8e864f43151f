"""One worker of the `crash` benchmark: sends until nothing is open, or until it is killed.

python -m benchmarks.crash_worker DATABASE SERVER RATE BEGAN
"""

from __future__ import annotations

import logging
import sys
import time
from datetime import datetime, timedelta

from benchmarks.bench import MONDAY, TOKEN, run, work_until_done
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.courier import Courier
from bot.pacing import Pacer
from bot.pacing.shared import SharedBudget
from bot.store import open_store
from programme.programme import load_programme


class SharedClock:
    """The same Monday morning in every process; `speed` makes leases run out sooner."""

    def __init__(self, began: float, speed: float) -> None:
        self.began, self.speed = began, speed

    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=(time.time() - self.began) * self.speed)


async def main(database: str, address: str, rate: str, began: str, speed: str = "1") -> None:
    logging.disable(logging.ERROR)
    store = open_store(database)
    async with open_account(TOKEN, address, connections=600) as account:
        budget = SharedBudget(store, "telegram/1", float(rate))
        await budget.open()
        channel = TelegramChannel(account, ButtonSigner(b"bench"))
        clock = SharedClock(float(began), float(speed))
        pacers = {"telegram": Pacer(budget)}
        courier = Courier(store, clock, load_programme(), {"telegram": channel}, pacers=pacers)
        await work_until_done(courier, store)
    await store.close()


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
