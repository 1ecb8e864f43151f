"""The deliveries of broadcasts: held, let go, cancelled and opened again, all of one broadcast at once.

A row that no worker was given yet is pending, without a moment, behind the point to which the broadcast was
handed out. One that was tried has its moment in `open_at` as long as it is open, or in `held_at` while it is held.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.keys import has_key, key_of, key_types
from bot.store.delivery_queue.states import LogEntry, State, entry_from
from bot.store.engine.bulk import bound, given
from bot.store.repositories.repository import Repository
from bot.store.schema.codec import message_from_json
from bot.store.schema.staff import broadcasts, handing_out
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.broadcasts import BroadcastState
from programme.model.receipts import ReceiptState

CANCELLED = "broadcast cancelled"
"""The reason of what was still open when its broadcast was called off."""

REFUSED_ACCOUNT = "misconfigured"
"""The reason of what a channel did not take because of our account."""

_d, _b, _h = broadcast_deliveries.c, broadcasts.c, handing_out.c
_TRIED = _d.open_at.is_not(None) | _d.held_at.is_not(None)  # which names the index
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


class BroadcastDeliveries(Repository):
    """Repository of a broadcast's deliveries, found by its number."""

    async def ahead(self) -> tuple[int, datetime | None]:
        """Count the rows of running broadcasts that no worker was given yet; tell when the first was to begin."""
        fresh = _fresh(select(func.count(), func.min(_b.starts_at))).where(_b.state == BroadcastState.RUNNING)
        count, since = (await self._connection.execute(fresh)).one()
        return count, since

    async def first_open(self, number: int) -> int | None:
        """Return the participant of the first row that is not final."""
        tried = select(func.min(_d.participant)).where(_TRIED, _d.broadcast == number)
        fresh = _fresh(select(_d.participant)).where(_b.id == number).order_by(_d.participant).limit(1)
        found = [(await self._connection.execute(first)).scalar() for first in (tried, fresh)]
        return min((participant for participant in found if participant is not None), default=None)

    async def any_refused(self, number: int) -> bool:
        """Tell whether the channel refused our account at the latest try of one that is open."""
        refused = select(_d.participant).where(_TRIED, _d.broadcast == number, _d.reason == REFUSED_ACCOUNT)
        return (await self._connection.execute(refused.limit(1))).first() is not None

    async def any_held(self, numbers: Sequence[int]) -> bool:
        """Tell whether a worker has anything of these in hand."""
        held = select(_d.participant).where(_TRIED, _d.broadcast.in_(numbers), _d.state == State.LEASED.value)
        return bool(numbers) and (await self._connection.execute(held.limit(1))).first() is not None

    async def hold(self, number: int) -> int:
        """Keep workers from trying again; return how many rows were free. The others are not handed out."""
        return await self._change((_d.broadcast == number) & _d.open_at.is_not(None), open_at=None, held_at=self.now)

    async def release(self, number: int) -> int:
        """Let what is held be taken again."""
        held = _TRIED & (_d.broadcast == number) & _d.held_at.is_not(None)
        return await self._change(held, open_at=self.now, held_at=None, reason=None)

    async def cancel(self, number: int, few: int) -> int:
        """Give up the next `few` of what waits; return how many people don't get it, 0 once nothing waits.

        What a worker holds goes at its lease's end.
        """
        waits = _TRIED & (_d.broadcast == number) & (_d.state == State.PENDING.value)
        people = list((await self._connection.execute(select(_d.participant).where(waits).limit(few))).scalars())
        if len(people) < few:
            ahead = _fresh(select(_d.participant)).where(_b.id == number).order_by(_d.participant)
            fresh = (await self._connection.execute(ahead.limit(few - len(people)))).scalars().all()
            if fresh:
                people += fresh
                handed = update(handing_out).where(_h.broadcast == number)
                await self._connection.execute(handed.values(handed_to=fresh[-1]))
        closed = {"state": State.CANCELLED.value, "open_at": None, "held_at": None, "closed_at": self.now}
        theirs = (_d.broadcast == number) & _d.participant.in_(people)
        return await self._change(theirs, **closed, reason=CANCELLED) if people else 0

    async def _change(self, which: ColumnElement[bool], **values: Any) -> int:
        this = update(broadcast_deliveries).where(which, _d.state == State.PENDING.value)
        return (await self._connection.execute(this.values(values))).rowcount

    async def reopen(self, number: int, upto: int) -> int:
        """Open again what failed or found nobody, among participants up to `upto`."""
        failed = _d.state.in_([State.FAILED.value, State.GONE.value])
        values = {"state": State.PENDING.value, "open_at": self.now, "closed_at": None, "failures": 0, "reason": None}
        this = update(broadcast_deliveries).where(_between(number, 0, upto), failed)
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

    async def receipts(self, number: int, upto: int, channel: str) -> dict[ReceiptState | None, int]:
        """Count how far those came that the channel took, as it told; None for those of which it told nothing yet.

        Goes through all rows: only for reading.
        """
        taken = _d.via_channel == channel, _d.state == State.SENT.value
        rows = select(_d.receipt, func.count().label("many")).where(_between(number, 0, upto), *taken)
        found = await self._connection.execute(rows.group_by(_d.receipt))
        return {row.receipt: row.many for row in found}

    async def results(self, number: int, upto: int) -> AsyncIterator[Result]:
        """Go through what became of each person's message, a batch in memory at a time."""
        after = 0
        while after < upto:
            batch = select(_d.participant, _d.via_channel, _d.state, _d.closed_at, _d.reason)
            here = batch.where(_between(number, after, upto)).order_by(_d.participant).limit(_BATCH)
            rows = (await self._connection.execute(here)).all()
            for row in rows:
                yield Result(row.participant, row.via_channel, State(row.state), row.closed_at, row.reason)
            if len(rows) < _BATCH:
                return
            after = rows[-1].participant

    async def entry(self, participant: int, source: str) -> LogEntry | None:
        """Return how a single delivery of one's own stands."""
        here = (deliveries.c.participant == participant) & (deliveries.c.source == source)
        row = (await self._connection.execute(select(deliveries).where(here))).one_or_none()
        return None if row is None else entry_from(row, message_from_json(row.message) if row.message else None)


async def prune_broadcasts(connection: AsyncConnection, before: datetime, few: int) -> int:
    """Drop the places of the next `few` that were closed before `before`; return how many."""
    placed = _d.closed_at < before, _d.via_address.is_not(None)  # which names the index
    oldest = select(*broadcast_deliveries.primary_key).where(*placed).order_by(_d.closed_at).limit(few)
    old = [key_of(broadcast_deliveries, row) for row in await connection.execute(oldest)]
    if old:
        values = bound(connection, key_types(broadcast_deliveries), old)
        await connection.execute(_without_place(connection.dialect.name), values)
    return len(old)


@cache
def _without_place(dialect: str) -> Update:
    these = given(dialect, key_types(broadcast_deliveries))
    return update(broadcast_deliveries).where(has_key(broadcast_deliveries, these.c)).values(via_address=None)


def _between(number: int, after: int, upto: int) -> ColumnElement[bool]:
    return (_d.broadcast == number) & (_d.participant > after) & (_d.participant <= upto)


def _fresh(chosen: Any) -> Any:
    """Join broadcasts with their rows that no worker was given yet."""
    ahead = (_d.broadcast == _h.broadcast) & (_d.participant > _h.handed_to) & (_d.participant <= _b.planned_to)
    return (
        chosen.select_from(handing_out)
        .join(broadcasts, _b.id == _h.broadcast)
        .join(broadcast_deliveries, ahead)
        .where(_d.state == State.PENDING.value)
    )
