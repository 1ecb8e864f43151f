"""Sliding windows in the store: what went into each group of the staff in the last minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Double, cast, extract, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine.upserts import insert_into
from bot.store.schema.tables import group_turns

_g = group_turns.c


@dataclass(frozen=True, slots=True)
class RateGrant:
    """Whether one more message may go; how long ago, in seconds, the others went; how long the group is frozen."""

    granted: bool
    ages: tuple[float, ...]
    frozen_for: float


class GroupWindows:
    """Repository of turns. `now` is read on SQLite only: seconds of the machine's monotonic clock."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(self, room: str, most: int, minute: float, now: float) -> RateGrant:
        """Count one more message where fewer than `most` went in the last `minute` seconds."""
        sent, frozen, now = await self._locked(room, now)
        lately = [at for at in sent if now - minute < at <= now]
        begun, until = frozen or (0.0, 0.0)
        frozen_for = max(until - now, 0.0) if begun <= now else 0.0
        granted = frozen_for <= 0 and len(lately) < most
        if granted:
            lately.append(now)
            await self._connection.execute(update(group_turns).where(_g.room == room).values(sent=lately))
        return RateGrant(granted, tuple(now - at for at in lately), frozen_for)

    async def freeze(self, room: str, seconds: float, now: float) -> None:
        """Let nothing into the group for `seconds` from now."""
        _sent, _frozen, now = await self._locked(room, now)
        frozen = update(group_turns).where(_g.room == room).values(frozen=[now, now + seconds])
        await self._connection.execute(frozen)

    async def _locked(self, room: str, now: float) -> tuple[list[float], list[float] | None, float]:
        adding = insert_into(self._connection, group_turns).values(room=room, sent=[])
        await self._connection.execute(adding.on_conflict_do_nothing())
        chosen: Any = select(_g.sent, _g.frozen).where(_g.room == room)
        if self._connection.dialect.name == "sqlite":
            row = (await self._connection.execute(chosen)).one()
            return row.sent, row.frozen, now
        row = (await self._connection.execute(chosen.with_for_update())).one()
        clock = select(cast(extract("epoch", func.clock_timestamp()), Double))
        return row.sent, row.frozen, (await self._connection.execute(clock)).scalar_one()
