"""A broadcast that is owed to a whole wave, and a sender to carry it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.people import MONDAY, TOKEN, RunningClock, a_store, plan, settle_people, states
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.outbound.sender import Sender
from bot.rate_limit import RateSmoother
from bot.rate_limit.shared import SharedTokenBucket
from programme.model.clock import Clock, SetClock
from programme.programme import load_programme

LATENCY = 0.06
"""Seconds in which Telegram answers."""


@asynccontextmanager
async def a_planned_wave(address: str, count: int, rate: float | None = None) -> AsyncIterator[Sender]:
    """Owe a broadcast to `count` people in SQLite, through the server at `address`, at no more than `rate` a second."""
    clock: Clock = SetClock(MONDAY) if rate is None else RunningClock()
    async with a_store() as store, open_account(TOKEN, address, connections=200 if rate is None else 600) as account:
        store.clock = clock
        await settle_people(store, count)
        await plan(store, count)
        channels = {"telegram": TelegramChannel(account, ButtonSigner(b"bench"))}
        sender = Sender(store, clock, load_programme(), channels)
        if rate is not None:
            budget = SharedTokenBucket(store, "telegram/1", rate)
            await budget.open()
            sender.smoothers = {"telegram": RateSmoother(budget)}
            await account.warm(round(rate * LATENCY * 1.5))
        yield sender
        assert (await states(store)).get("sent") == count, await states(store)
