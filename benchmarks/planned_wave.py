"""A broadcast that is planned for a whole wave, and a sender to carry it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from benchmarks.bench import MONDAY, TOKEN, a_store, plan, settle_people
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import open_account
from bot.channels.telegram.sending import TelegramChannel
from bot.outbound.sender import Sender
from programme.model.clock import SetClock
from programme.programme import load_programme


@asynccontextmanager
async def a_planned_wave(address: str, count: int) -> AsyncIterator[Sender]:
    """Owe a broadcast to `count` people in SQLite, through the server at `address`."""
    async with a_store() as store, open_account(TOKEN, address, connections=200) as account:
        await settle_people(store, count)
        await plan(store, 1, count)
        channel = TelegramChannel(account, ButtonSigner(b"bench"))
        yield Sender(store, SetClock(MONDAY), load_programme(), {"telegram": channel})
