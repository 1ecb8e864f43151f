"""Sliding window in the store: what went into one group of the staff in the last minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Double, cast, extract, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import Store
from bot.store.engine.upserts import insert_into
from bot.store.schema.helpdesk import group_turns

_g = group_turns.c


@dataclass(frozen=True, slots=True)
class WindowGrant:
    """Whether one more message may go; how long ago, in seconds, the others went; how long the group is frozen."""

    granted: bool
    ages: tuple[float, ...]
    frozen_for: float


@dataclass(frozen=True, slots=True)
class SharedWindow:
    """One group's turns as all processes see them. `monotonic` is read on SQLite only, whose processes share it."""

    store: Store
    room: str
    monotonic: Callable[[], float] = time.monotonic

    async def take(self, most: int, minute: float) -> WindowGrant:
        """Count one more message where fewer than `most` went in the last `minute` seconds."""
        async with self.store.writing() as tx:
            sent, frozen, now = await self._locked(tx.connection)
            lately = [at for at in sent if now - minute < at <= now]
            begun, until = frozen or (0.0, 0.0)
            frozen_for = max(until - now, 0.0) if begun <= now else 0.0
            granted = frozen_for <= 0 and len(lately) < most
            if granted:
                lately.append(now)
                await tx.connection.execute(update(group_turns).where(_g.room == self.room).values(sent=lately))
            return WindowGrant(granted, tuple(now - at for at in lately), frozen_for)

    async def freeze(self, seconds: float) -> None:
        """Let nothing into the group for `seconds` from now."""
        async with self.store.writing() as tx:
            _sent, _frozen, now = await self._locked(tx.connection)
            frozen = update(group_turns).where(_g.room == self.room).values(frozen=[now, now + seconds])
            await tx.connection.execute(frozen)

    async def _locked(self, connection: AsyncConnection) -> tuple[list[float], list[float] | None, float]:
        adding = insert_into(connection, group_turns).values(room=self.room, sent=[])
        await connection.execute(adding.on_conflict_do_nothing())
        chosen: Any = select(_g.sent, _g.frozen).where(_g.room == self.room)
        if connection.dialect.name == "sqlite":
            row = (await connection.execute(chosen)).one()
            return row.sent, row.frozen, self.monotonic()
        row = (await connection.execute(chosen.with_for_update())).one()
        clock = select(cast(extract("epoch", func.clock_timestamp()), Double))
        return row.sent, row.frozen, (await connection.execute(clock)).scalar_one()
