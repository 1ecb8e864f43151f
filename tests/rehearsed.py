"""Imported once by the process that others are forked from: what each would get ready for itself, they all have."""

from __future__ import annotations

import asyncio

from bot.app.wiring import build_app
from bot.inbound.rehearsal import rehearse
from programme.model.clock import SystemClock


async def _rehearse() -> None:
    async with build_app(database=None, clock=SystemClock(), channels={}, key=bytes(32)) as app:
        await rehearse(app.inbox_processor)


asyncio.run(_rehearse())
