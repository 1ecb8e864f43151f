"""The deliveries of announcements: held, let go, cancelled and opened again, all of one announcement at once.

A row that no worker was given yet is pending, without a moment, behind the point to which the announcement was
handed out. One that was tried has its moment in `open_at` as long as it is open.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.broadcast_keys import key_of
from bot.store.delivery_queue.states import LogEntry, State, entry_from
from bot.store.schema.codec import message_from_json
from bot.store.schema.tables import broadcasts, deliveries, handing_out
from programme.model.broadcasts import BroadcastState

HELD = datetime(9000, 1, 1, tzinfo=UTC)
"""The `open_at` of what was tried and is paused: there in the index of open rows, and never due."""

REFUSED_ACCOUNT = "misconfigured"
"""The reason of what a messenger did not take because of our account."""

_d, _b, _h = deliveries.c, broadcasts.c, handing_out.c
_TRIED = _d.broadcast.is_not(None) & _d.open_at.is_not(None)
_BATCH = 5000
_MOST_REASONS = 8


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one person's message. `at` is when its final state was reached."""

    participant: int
    channel: str | None
    state: State
    at: datetime | None
    reason: str | None


class BroadcastDeliveries:
    """Repository of an announcement's deliveries, found by its number."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self) -> int:
        """Count the rows of running announcements that no worker was given yet."""
        return (await self.ahead())[0]

    async def ahead(self) -> tuple[int, datetime | None]:
        """Count the same, and tell when the first of those announcements was to begin."""
        fresh = _fresh(select(func.count(), func.min(_b.starts_at))).where(_b.state == BroadcastState.RUNNING)
        count, since = (await self._connection.execute(fresh)).one()
        return count, since

    async def first_open(self, number: int) -> int | None:
        """Return the participant of the first row that is not final."""
        tried = select(func.min(_d.participant)).where(_TRIED, _d.broadcast == number)
        fresh = _fresh(select(_d.participant)).where(_b.id == number).order_by(_d.id).limit(1)
        found = [(await self._connection.execute(first)).scalar() for first in (tried, fresh)]
        return min((participant for participant in found if participant is not None), default=None)

    async def any_refused(self, number: int) -> bool:
        """Tell whether the messenger refused our account at the latest try of one that is open."""
        refused = select(_d.id).where(_TRIED, _d.broadcast == number, _d.reason == REFUSED_ACCOUNT)
        return (await self._connection.execute(refused.limit(1))).first() is not None

    async def any_held(self, numbers: Sequence[int]) -> bool:
        """Tell whether a worker has anything of these in hand."""
        held = select(_d.id).where(_TRIED, _d.broadcast.in_(numbers), _d.state == State.LEASED.value)
        return bool(numbers) and (await self._connection.execute(held.limit(1))).first() is not None

    async def hold(self, number: int) -> int:
        """Keep workers from trying again; return how many rows were free. The others are not handed out."""
        return await self._change(_TRIED & (_d.broadcast == number) & (_d.open_at < HELD), open_at=HELD)

    async def release(self, number: int, now: datetime) -> int:
        """Let what is held be taken again."""
        return await self._change(_TRIED & (_d.broadcast == number) & (_d.open_at == HELD), open_at=now, reason=None)

    async def cancel(self, number: int, few: int, now: datetime) -> int:
        """Give up the next `few` of what waits; return how many people don't get it, 0 once nothing waits.

        What a worker holds goes at its lease's end.
        """
        tried = select(_d.id).where(_TRIED, _d.broadcast == number, _d.state == State.PENDING.value).limit(few)
        ids = list((await self._connection.execute(tried)).scalars())
        if len(ids) < few:
            ahead = _fresh(select(_d.id, _d.participant)).where(_b.id == number).order_by(_d.id).limit(few - len(ids))
            if fresh := (await self._connection.execute(ahead)).all():
                ids += [row.id for row in fresh]
                handed = update(handing_out).where(_h.broadcast == number)
                await self._connection.execute(handed.values(handed_to=fresh[-1].participant))
        values = {"state": State.CANCELLED.value, "open_at": None, "closed_at": now, "reason": "broadcast cancelled"}
        return await self._change(_d.id.in_(ids), **values) if ids else 0

    async def _change(self, which: ColumnElement[bool], **values: Any) -> int:
        this = update(deliveries).where(which, _d.state == State.PENDING.value)
        return (await self._connection.execute(this.values(values))).rowcount

    async def reopen(self, number: int, upto: int, now: datetime) -> int:
        """Open again what failed or found nobody, among participants up to `upto`."""
        failed = _d.state.in_([State.FAILED.value, State.GONE.value])
        values = {"state": State.PENDING.value, "open_at": now, "closed_at": None, "failures": 0, "reason": None}
        this = update(deliveries).where(_between(number, 0, upto), failed)
        return (await self._connection.execute(this.values(values))).rowcount

    async def count(self, number: int, after: int, upto: int) -> dict[str, int]:
        """Count rows by state, among participants after `after` up to `upto`."""
        rows = await self._connection.execute(
            select(_d.state, func.count().label("rows")).where(_between(number, after, upto)).group_by(_d.state)
        )
        return {row.state: row.rows for row in rows}

    async def reasons(self, number: int, upto: int) -> list[tuple[str, int]]:
        """Count why messages did not arrive, or perhaps not, most first. Goes through all rows: only for reading."""
        lost = _d.state.in_([State.FAILED.value, State.GONE.value, State.UNKNOWN.value]), _d.reason.is_not(None)
        many = func.count().label("many")
        rows = select(_d.reason, many).where(_between(number, 0, upto), *lost).group_by(_d.reason)
        found = await self._connection.execute(rows.order_by(many.desc(), _d.reason).limit(_MOST_REASONS))
        return [(row.reason, row.many) for row in found]

    async def results(self, number: int, upto: int) -> AsyncIterator[Result]:
        """Go through what became of each person's message, a batch in memory at a time."""
        after = 0
        while after < upto:
            batch = select(_d.participant, _d.via_channel, _d.state, _d.closed_at, _d.reason)
            here = batch.where(_between(number, after, upto)).order_by(_d.id).limit(_BATCH)
            rows = (await self._connection.execute(here)).all()
            for row in rows:
                yield Result(row.participant, row.via_channel, State(row.state), row.closed_at, row.reason)
            if len(rows) < _BATCH:
                return
            after = rows[-1].participant

    async def entry(self, participant: int, source: str) -> LogEntry | None:
        """Return how a single delivery of one's own stands."""
        here = (_d.participant == participant) & (_d.source == source)
        row = (await self._connection.execute(select(deliveries).where(here))).one_or_none()
        return None if row is None else entry_from(row, message_from_json(row.message) if row.message else None)


def _between(number: int, after: int, upto: int) -> ColumnElement[bool]:
    return (_d.id > key_of(number, after)) & (_d.id <= key_of(number, upto))


def _fresh(chosen: Any) -> Any:
    """Join announcements with their rows that no worker was given yet."""
    ahead = (_d.id > key_of(_h.broadcast, _h.handed_to)) & (_d.id <= key_of(_b.id, _b.planned_to))
    return (
        chosen.select_from(handing_out)
        .join(broadcasts, _b.id == _h.broadcast)
        .join(deliveries, ahead)
        .where(_d.state == State.PENDING.value)
    )
