"""The deliveries of announcements: held, let go, cancelled and opened again, all of one announcement at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.codec import message_from_json
from bot.store.states import LogEntry, State, entry_from
from bot.store.tables import RANKS, deliveries
from programme.messages import Kind

HELD = datetime(9000, 1, 1, tzinfo=UTC)
"""The `open_at` of what is paused: there in the index of open rows, and never due."""

_d = deliveries.c
_OPEN = (_d.rank == RANKS[Kind.BROADCAST]) & _d.open_at.is_not(None)
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one person's message. `at` is when its final state was reached."""

    participant: int
    channel: str | None
    state: State
    at: datetime | None
    reason: str | None


class BroadcastDeliveries:
    """The verbs on an announcement's deliveries, found by their source."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self) -> int:
        """Count the rows of all announcements that a worker may take."""
        ready = select(func.count()).select_from(deliveries).where(_OPEN, _d.open_at < HELD)
        return (await self._connection.execute(ready)).scalar_one()

    async def first_open(self, source: str) -> int | None:
        """Return the id of the first row that is not final."""
        first: int | None = (
            await self._connection.execute(select(func.min(_d.id)).where(_OPEN, _d.source == source))
        ).scalar()
        return first

    async def any_ready(self, source: str) -> bool:
        """Tell whether a worker may take one."""
        ready = select(_d.id).where(_OPEN, _d.open_at < HELD, _d.source == source, _d.state == State.PENDING.value)
        return (await self._connection.execute(ready.limit(1))).first() is not None

    async def hold(self, source: str) -> int:
        """Keep what waits from being taken; return how many rows that were."""
        return await self._change(_OPEN & (_d.open_at < HELD), source, open_at=HELD)

    async def release(self, source: str, now: datetime) -> int:
        """Let what is held be taken again."""
        return await self._change(_OPEN & (_d.open_at == HELD), source, open_at=now)

    async def cancel(self, source: str, now: datetime) -> int:
        """Give up what waits, also what a worker left lying; return how many people don't get it."""
        values = {"state": State.CANCELLED.value, "open_at": None, "closed_at": now, "reason": "broadcast cancelled"}
        return await self._change(_OPEN, source, or_left_by=now, **values)

    async def _change(
        self, which: ColumnElement[bool], source: str, *, or_left_by: datetime | None = None, **values: Any
    ) -> int:
        free = _d.state == State.PENDING.value
        if or_left_by is not None:
            free |= _d.open_at <= or_left_by  # its lease ran out
        this = update(deliveries).where(which, _d.source == source, free)
        return (await self._connection.execute(this.values(values))).rowcount

    async def reopen(self, source: str, first: int, last: int, now: datetime) -> int:
        """Open again what failed or found nobody, among the ids above `first` up to `last`."""
        failed = _d.state.in_([State.FAILED.value, State.GONE.value])
        values = {"state": State.PENDING.value, "open_at": now, "closed_at": None, "failures": 0, "reason": None}
        this = update(deliveries).where(_d.id > first, _d.id <= last, _d.source == source, failed)
        return (await self._connection.execute(this.values(values))).rowcount

    async def count(self, source: str, first: int, last: int) -> dict[str, int]:
        """Count rows by state, among the ids above `first` up to `last`."""
        rows = await self._connection.execute(
            select(_d.state, func.count().label("rows"))
            .where(_d.id > first, _d.id <= last, _d.source == source)
            .group_by(_d.state)
        )
        return {row.state: row.rows for row in rows}

    async def results(self, source: str, first: int, last: int) -> AsyncIterator[Result]:
        """Go through what became of each person's message, a batch in memory at a time."""
        while first < last:
            batch = select(_d.id, _d.participant, _d.via_channel, _d.state, _d.closed_at, _d.reason)
            here = (_d.id > first) & (_d.id <= last) & (_d.source == source)
            rows = (await self._connection.execute(batch.where(here).order_by(_d.id).limit(_BATCH))).all()
            for row in rows:
                yield Result(row.participant, row.via_channel, State(row.state), row.closed_at, row.reason)
            if len(rows) < _BATCH:
                return
            first = rows[-1].id

    async def entry(self, participant: int, source: str) -> LogEntry | None:
        """Return how a single delivery stands."""
        here = (_d.participant == participant) & (_d.source == source)
        row = (await self._connection.execute(select(deliveries).where(here))).one_or_none()
        return None if row is None else entry_from(row, message_from_json(row.message) if row.message else None)

    async def last_row(self) -> int:
        """Return an id that no row to come will have; rows that are there have it at most."""
        if self._connection.dialect.name == "sqlite":
            latest = (await self._connection.execute(select(func.max(_d.id)))).scalar()
            return latest or 0
        # What other transactions have taken from the sequence is not to be seen in the table yet.
        given = text("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM deliveries_id_seq")
        return int((await self._connection.execute(given)).scalar_one())
