"""Takes a broadcast's deliveries: those that were tried and are due again, then the next ones in order.

Each is asked once more whether its person is still meant, by the whole of the broadcast's audience.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, literal, null, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.audiences import no_longer_meant
from bot.store.delivery_queue.broadcast_deliveries import CANCELLED
from bot.store.delivery_queue.claiming import (
    BATCH,
    MOST_PUT_OFF,
    UNREADABLE,
    ClaimRequest,
    heard_from,
    latest_place,
    take,
)
from bot.store.delivery_queue.states import MOST_FAILURES, State
from bot.store.repositories.broadcast_rows import BroadcastWords, audience_from
from bot.store.repositories.dead_letters import DeadLetters
from bot.store.schema.people import participants
from bot.store.schema.staff import broadcasts, handing_out
from bot.store.schema.traffic import broadcast_deliveries
from bot.store.unavailable import sort_of
from programme.model.broadcasts import Audience, BroadcastState, source_of
from programme.model.deliveries import BroadcastDeliveryId, Claimed, Delivery
from programme.model.messages import Kind
from programme.model.spheres import Sphere

INTERRUPTED = "interrupted"
"""The reason of what a worker held when it died, or lost the store for longer than its lease."""

_d, _b, _h, _p = broadcast_deliveries.c, broadcasts.c, handing_out.c, participants.c
_KNOWN = (_b.id, _b.state, _b.audience, _b.digest, _b.starts_at, _b.not_after, _b.planned_to)


async def claim_broadcasts(connection: AsyncConnection, request: ClaimRequest, *, limit: int) -> list[Claimed]:
    """Lease up to `limit` deliveries of broadcasts that are running, a fair share of each."""
    claimed = await _again(connection, request, limit)
    if len(claimed) < limit:
        running = await _readable(connection, (await connection.execute(_UNDER_WAY)).all(), request.now)
        for left, row in zip(range(len(running), 0, -1), running, strict=True):
            share = -(-(limit - len(claimed)) // left)
            claimed += await _RunningBroadcast(connection, row, request).next(row.handed_to, share)
    return claimed


async def _again(connection: AsyncConnection, request: ClaimRequest, limit: int) -> list[Claimed]:
    """Take what was tried and is due; what belongs to a broadcast that is not running waits or is closed."""
    due: dict[int, list[int]] = defaultdict(list)
    for row in await connection.execute(DUE_AGAIN, {"now": request.now, "most": limit}):
        due[row.broadcast].append(row.participant)
    if not due:
        return []
    claimed: list[Claimed] = []
    found = (await connection.execute(_THESE_BROADCASTS, {"these": sorted(due)})).all()
    for broadcast in await _readable(connection, found, request.now):
        claimed += await _RunningBroadcast(connection, broadcast, request).again(due[broadcast.id])
    return claimed


async def _readable(connection: AsyncConnection, rows: Iterable[Any], now: datetime) -> list[Any]:
    """Leave out broadcasts that can't be read, as from another version; they pause, and an operator is told."""
    readable: list[Any] = []
    for row in rows:
        try:
            audience_from(row.audience)
            await BroadcastWords.of(connection, row.id, row.digest)
            readable.append(row)
        except SQLAlchemyError:
            raise
        except Exception as error:
            await connection.execute(_PAUSE, {"this": row.id})
            await DeadLetters(connection, now).failed(Sphere.BROADCAST, row.id, sort_of(error), most=1)
    return readable


@dataclass(slots=True)
class _RunningBroadcast:
    """One broadcast at one claim."""

    connection: AsyncConnection
    row: Any
    request: ClaimRequest

    async def again(self, people: Sequence[int]) -> list[Claimed]:
        """Take what was tried for these people and is due again."""
        if self.row.state is BroadcastState.RUNNING:
            which = _checked(audience_from(self.row.audience)).where(_THEIRS)
            rows = (await self.connection.execute(which, {**self._moments(), **self._theirs(people)})).all()
            return await self._take(rows)
        if self.row.state.is_final:
            await self.connection.execute(_LOST, {"now": self.request.now, **self._theirs(people)})
            await self.connection.execute(_OFF, {"now": self.request.now, **self._theirs(people)})
        else:
            later = self.request.now + self.request.lease
            await self.connection.execute(_STILL_LEASED, {"later": later, **self._theirs(people)})
            await self.connection.execute(_HOLD, {"now": self.request.now, **self._theirs(people)})
        return []

    def _theirs(self, people: Sequence[int]) -> dict[str, object]:
        return {"this": self.row.id, "people": people}

    async def next(self, after: int, most: int) -> list[Claimed]:
        """Take the next ones after this participant, as many as are still meant; the others are closed on the way."""
        claimed: list[Claimed] = []
        upto, put_off = after, 0
        while upto < self.row.planned_to and len(claimed) < most and put_off < MOST_PUT_OFF:
            asked = most - len(claimed) if upto == after else max(most - len(claimed), BATCH)
            rows = (await self.connection.execute(*self._following(upto, asked))).all()
            going = [place for place, row in enumerate(rows) if self.request.goes(row)]
            beyond = going[most - len(claimed) :]
            these = rows[: beyond[0]] if beyond else rows
            claimed += await self._take(these)
            put_off += sum(map(self.request.waits, these))
            upto = these[-1].participant if beyond or len(rows) == asked else self.row.planned_to
        handed = update(handing_out).where(_h.broadcast == self.row.id).values(handed_to=upto)
        await self.connection.execute(handed)
        return claimed

    def _following(self, after: int, most: int) -> tuple[Select[Any], dict[str, object]]:
        here = {"this": self.row.id, "after": after, "upto": self.row.planned_to, "most": most}
        return _following(audience_from(self.row.audience)), {**self._moments(), **here}

    def _moments(self) -> dict[str, object]:
        return {"now": self.request.now, "not_after": self.row.not_after}

    async def _take(self, rows: Sequence[Row[Any]]) -> list[Claimed]:
        taken = await take(self.connection, broadcast_deliveries, self.request, rows, most=len(rows))
        words = await BroadcastWords.of(self.connection, self.row.id, self.row.digest) if taken else None
        heard = await heard_from(self.connection, taken)
        return [
            Claimed(
                id=BroadcastDeliveryId(self.row.id, row.participant),
                attempt=row.attempt + 1,
                channel=row.to_channel,
                address=row.to_address,
                **heard.get((row.to_channel, row.to_address), {}),
                delivery=Delivery(
                    participant=row.participant,
                    source=source_of(self.row.id),
                    kind=Kind.BROADCAST,
                    due_at=self.row.starts_at,
                    not_after=self.row.not_after,
                    message=words.to(row.language) if words else None,
                ),
            )
            for row in taken
        ]


_NOW = bindparam("now", type_=_d.open_at.type)
_MOST = bindparam("most", type_=Integer)
DUE_AGAIN = (
    select(_d.broadcast, _d.participant)
    .where(_d.open_at <= _NOW)
    .order_by(_d.open_at)
    .limit(_MOST)
    .with_for_update(skip_locked=True)  # SQLite has one writer at a time and drops this
)
_THEIRS = (_d.broadcast == bindparam("this")) & _d.participant.in_(bindparam("people", expanding=True))
_LOST = (
    update(broadcast_deliveries)
    .where(_THEIRS, _d.state == State.LEASED.value)
    .values(state=State.UNKNOWN.value, open_at=None, closed_at=_NOW, reason=INTERRUPTED)
)
_OFF = (
    update(broadcast_deliveries)
    .where(_THEIRS, _d.open_at.is_not(None))
    .values(state=State.CANCELLED.value, open_at=None, closed_at=_NOW, reason=CANCELLED)
)
# A slow worker may still say that it was sent: to hold it would make its word come too late, and go out twice.
_STILL_LEASED = (
    update(broadcast_deliveries)
    .where(_THEIRS, _d.state == State.LEASED.value)
    .values(open_at=bindparam("later", type_=_d.open_at.type))
)
_HOLD = (
    update(broadcast_deliveries)
    .where(_THEIRS, _d.open_at.is_not(None), _d.state == State.PENDING.value)
    .values(state=State.PENDING.value, open_at=None, held_at=_NOW)
)
_PAUSE = (
    update(broadcasts)
    .where(_b.id == bindparam("this"), _b.state == BroadcastState.RUNNING)
    .values(state=BroadcastState.PAUSED, reason=UNREADABLE)
)
_THESE_BROADCASTS = select(*_KNOWN).where(_b.id.in_(bindparam("these", expanding=True))).order_by(_b.id)
_UNDER_WAY = (
    select(*_KNOWN, _h.handed_to)
    .join(handing_out, _h.broadcast == _b.id)
    .where(_b.state == BroadcastState.RUNNING, _h.handed_to < _b.planned_to)
    .order_by(_b.id)
    .with_for_update(of=handing_out)
)


def verdict_on(audience: Audience) -> ColumnElement[Any]:
    """Name the final state of a broadcast's row that is no longer wanted at `now`; NULL for one that is."""
    spent = and_(_d.state == State.LEASED.value, _d.failures + 1 >= MOST_FAILURES)
    return case(
        (bindparam("not_after", type_=_b.not_after.type) <= _NOW, literal(State.EXPIRED.value)),
        (no_longer_meant(audience), literal(State.CANCELLED.value)),
        (spent, literal(State.FAILED.value)),
        (latest_place("address", broadcast_deliveries).is_(None), literal(State.GONE.value)),
        else_=null(),
    )


@lru_cache(maxsize=64)
def _checked(audience: Audience) -> Select[Any]:
    """Read a broadcast's rows with the place where each would go, and what speaks against it."""
    channel, address = (latest_place(each, broadcast_deliveries) for each in ("channel", "address"))
    named = verdict_on(audience)
    lost = and_(_d.state == State.LEASED.value, named.is_not(None))  # by a worker that may have sent it
    rows = select(
        *(_d.broadcast, _d.participant, _d.attempt, _p.language),
        *(channel.label("to_channel"), address.label("to_address")),
        case((lost, literal(State.UNKNOWN.value)), else_=named).label("verdict"),
    )
    return rows.select_from(broadcast_deliveries.outerjoin(participants, _p.id == _d.participant))


@lru_cache(maxsize=64)
def _following(audience: Audience) -> Select[Any]:
    whose = _d.participant
    ahead = whose > bindparam("after", type_=whose.type), whose <= bindparam("upto", type_=whose.type)
    these = _checked(audience).where(_d.broadcast == bindparam("this"), *ahead, _d.state == State.PENDING.value)
    return these.order_by(whose).limit(_MOST)
