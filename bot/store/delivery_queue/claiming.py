"""Takes deliveries that are due, after asking once more whether each is still wanted.

A row is open from `open_at` on. A lease moves `open_at` to its own end, so that rows whose worker died
come back by themselves, and one index answers everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    ScalarSelect,
    Select,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    case,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.keys import has_key, key_of, key_types, named, this_row
from bot.store.delivery_queue.states import MOST_FAILURES, State, delivery_from
from bot.store.delivery_queue.words import read_words
from bot.store.engine.bulk import Types, bound, given
from bot.store.repositories.dead_letters import DeadLetters
from bot.store.schema.people import addresses, participants, progress
from bot.store.schema.traffic import deliveries
from bot.store.unavailable import sort_of
from programme.model.deliveries import Claimed
from programme.model.messages import UNASKED, Kind
from programme.model.participants import ReminderLevel
from programme.model.spheres import Sphere
from programme.model.windows import WINDOWS

_d = deliveries.c
BATCH = 200
MOST_PUT_OFF = 2000  # in one transaction
_READ = (
    *(_d.id, _d.participant, _d.source, _d.kind, _d.due_at, _d.not_after, _d.unless, _d.attempt),
    *(_d.message, _d.shared_message, _d.channel, _d.address, _d.edits),
)


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """One claim: when it is, for how long it holds, and until when which channels want nothing.

    `closed` counts, by channel, kind and state, what it found to be no longer wanted.
    """

    now: datetime
    lease: timedelta
    frozen: Mapping[str, datetime] = field(default_factory=dict)
    closed: Counter[tuple[str, Kind, str]] = field(default_factory=Counter)

    def goes(self, row: Row[Any]) -> bool:
        """Whether a row that was looked at can be taken."""
        return row.verdict is None and row.to_channel not in self.frozen

    def waits(self, row: Row[Any]) -> bool:
        """Whether it is put off until its channel listens again."""
        return row.verdict is None and row.to_channel in self.frozen


async def claim(
    connection: AsyncConnection, request: ClaimRequest, *, limit: int, kinds: Sequence[Kind]
) -> list[Claimed]:
    """Lease up to `limit` deliveries of these kinds, the most urgent kind first, then as they are due.

    What would go to a frozen channel is put off, and past it others are found.
    """
    taken: list[Row[Any]] = []
    for kind in kinds:
        asked, put_off = limit - len(taken), 0
        while len(taken) < limit and put_off < MOST_PUT_OFF:
            which = {"kind": kind, "now": request.now, "most": asked}
            rows = sorted(await read_rows(connection, DUE, which), key=_in_turn)
            taken += await take(connection, deliveries, request, rows, most=limit - len(taken))
            put_off += sum(map(request.waits, rows))
            if len(rows) < asked:
                break
            asked = max(limit - len(taken), BATCH)  # past a row of unwanted ones in great strides
    return await _claimed(connection, taken, request.now)


def _in_turn(row: Row[Any]) -> tuple[datetime, int]:
    """Say which of two rows goes first: the query can't, for it would sort a whole wave that is due at one moment."""
    return row.due_at, row.id


async def claim_these(
    connection: AsyncConnection, ids: Sequence[int], now: datetime, *, lease: timedelta
) -> list[Claimed]:
    """Lease these deliveries at once, in their order, as far as they are wanted."""
    rows = await read_rows(connection, _THESE, {"now": now, "rows": ids})
    taken = await take(connection, deliveries, ClaimRequest(now, lease), rows, most=len(rows))
    return await _claimed(connection, taken, now)


async def take(
    connection: AsyncConnection, table: Table, request: ClaimRequest, rows: Sequence[Row[Any]], *, most: int
) -> list[Row[Any]]:
    """Close rows that are no longer wanted, put off those that must wait; lease and return others, up to `most`."""
    closed = [
        {**named(table, row), "verdict": row.verdict, "at": request.now} for row in rows if row.verdict is not None
    ]
    if closed:
        await connection.execute(_close(table), closed)
        request.closed.update(_whats(table, row) for row in rows if row.verdict is not None)
    later = [{**named(table, row), "later": request.frozen[row.to_channel]} for row in rows if request.waits(row)]
    if later:
        await connection.execute(_put_off(table), later)
    wanted = [row for row in rows if request.goes(row)][:most]
    if wanted:
        places = [(*key_of(table, row), row.to_channel, row.to_address) for row in wanted]
        values = bound(connection, _leased(table), places)
        leasing = _lease(connection.dialect.name, table)
        await connection.execute(leasing, {"until": request.now + request.lease, **values})
    return wanted


def _whats(table: Table, row: Row[Any]) -> tuple[str, Kind, str]:
    return row.to_channel or "", row.kind if table is deliveries else Kind.BROADCAST, row.verdict


async def read_rows(connection: AsyncConnection, which: Select[Any], moments: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """Return these rows; one that can't be read, as from another version, is set aside and holds up no other."""
    rows: Sequence[Row[Any]]
    try:
        rows = (await connection.execute(which, moments)).all()
    except SQLAlchemyError:
        raise
    except Exception:
        rows = await _one_by_one(connection, which, moments)
    return rows


async def _one_by_one(connection: AsyncConnection, which: Select[Any], moments: Mapping[str, Any]) -> list[Row[Any]]:
    rows: list[Row[Any]] = []
    for number in (await connection.execute(which.with_only_columns(_d.id), moments)).scalars().all():
        try:
            rows.append((await connection.execute(_checked().where(_d.id == number), moments)).one())
        except SQLAlchemyError:
            raise
        except Exception as error:
            await set_aside(connection, number, error, moments["now"])
    return rows


async def set_aside(connection: AsyncConnection, delivery: int, error: Exception, now: datetime) -> None:
    """Take a delivery that can't be read out of the way, until an operator wants it tried again."""
    await connection.execute(_UNREADABLE, {"row": delivery, "at": now})
    await DeadLetters(connection, now).failed(Sphere.DELIVERY, delivery, sort_of(error), most=1)


async def try_again(connection: AsyncConnection, delivery: int, now: datetime) -> None:
    """Have a delivery that was set aside read once more, from `now` on."""
    await connection.execute(_AGAIN, {"row": delivery, "at": now})


async def _claimed(connection: AsyncConnection, taken: Sequence[Row[Any]], now: datetime) -> list[Claimed]:
    unreadable: dict[int, Exception] = {}
    messages = await read_words(connection, taken, unreadable)
    for number, error in unreadable.items():
        await set_aside(connection, number, error, now)
    heard = await heard_from(connection, taken)
    return [
        Claimed(
            id=row.id,
            attempt=row.attempt + 1,
            delivery=delivery_from(row, message),
            channel=row.to_channel,
            address=row.to_address,
            **heard.get((row.to_channel, row.to_address), {}),
        )
        for row, message in zip(taken, messages, strict=True)
        if row.id not in unreadable
    ]


async def heard_from(connection: AsyncConnection, taken: Sequence[Row[Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return when somebody wrote last from the places to which these go, and in which language they are answered.

    Only where the channel has a window.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for channel in WINDOWS:
        places = [row.to_address for row in taken if row.to_channel == channel]
        for start in range(0, len(places), BATCH):
            there = {"via": channel, "places": places[start : start + BATCH]}
            for row in await connection.execute(_HEARD, there):
                found[channel, row.address] = {"heard_at": row.heard_at, "language": row.language}
    return found


_NOW = bindparam("now", type_=_d.open_at.type)
_HEARD = (
    select(addresses.c.address, addresses.c.heard_at, participants.c.language)
    .join(participants, participants.c.id == addresses.c.participant)
    .where(addresses.c.channel == bindparam("via"), addresses.c.address.in_(bindparam("places", expanding=True)))
)


def _checked() -> Select[Any]:
    """Read deliveries with the place where each would go, and what speaks against it."""
    given = _d.address.is_not(None)
    return select(
        *_READ,
        case((given, _d.channel), else_=latest_place("channel")).label("to_channel"),
        case((given, _d.address), else_=latest_place("address")).label("to_address"),
        verdict().label("verdict"),
    )


def latest_place(column: str, table: Table = deliveries) -> ScalarSelect[Any]:
    """Find where a row's person was heard last and can be reached: at a page only where no channel knows them.

    A channel that would not carry it is passed over.
    """
    return (
        select(addresses.c[column])
        .where(addresses.c.participant == table.c.participant, addresses.c.reachable)
        .where(or_(table.c.not_via.is_(None), addresses.c.channel != table.c.not_via))
        .order_by(addresses.c.channel == "web", addresses.c.heard_at.desc(), addresses.c.id.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )


def verdict() -> ColumnElement[Any]:
    """Name the final state of a row that is no longer wanted at `now`; NULL for one that is."""
    # Scalar subqueries: of an EXISTS here, PostgreSQL makes a hash of the whole table, at every claim.
    reached = select(progress.c.id).where(
        progress.c.participant == _d.participant,
        progress.c.milestone == _d.unless,
        progress.c.undone_at.is_(None),
    )
    level = select(participants.c.reminder_level).where(participants.c.id == _d.participant)
    open_there = select(addresses.c.reachable).where(
        addresses.c.channel == _d.channel, addresses.c.address == _d.address
    )
    return case(
        (_d.not_after <= _NOW, literal(State.EXPIRED.value)),
        (and_(_d.unless.is_not(None), reached.scalar_subquery().is_not(None)), literal(State.CANCELLED.value)),
        (
            # what takes the place of a message that somebody has rings for nobody, and so goes to everybody
            and_(_d.kind.in_(UNASKED), _d.edits.is_(None), level.scalar_subquery() == ReminderLevel.NONE),
            literal(State.CANCELLED.value),
        ),
        (and_(_d.state == State.LEASED.value, _d.failures + 1 >= MOST_FAILURES), literal(State.FAILED.value)),
        (and_(_d.address.is_(None), latest_place("address").is_(None)), literal(State.GONE.value)),
        (and_(_d.address.is_not(None), open_there.scalar_subquery().is_(False)), literal(State.GONE.value)),
        else_=null(),
    )


DUE = (
    _checked()
    .where(_d.kind == bindparam("kind", type_=_d.kind.type), _d.open_at <= _NOW)
    .order_by(_d.open_at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)  # SQLite has one writer at a time and drops this
)
_THESE = _checked().where(_d.id.in_(bindparam("rows", expanding=True))).order_by(_d.id)
UNREADABLE = "unreadable"
"""The reason of what was set aside because its row or its words could not be read."""

_UNREADABLE = (
    update(deliveries)
    .where(_d.id == bindparam("row"))
    .values(state=State.FAILED.value, open_at=None, closed_at=bindparam("at"), reason=UNREADABLE)
)
_AGAIN = (
    update(deliveries)
    .where(_d.id == bindparam("row"), _d.state == State.FAILED.value, _d.reason == UNREADABLE)
    .values(state=State.PENDING.value, open_at=bindparam("at"), closed_at=None, reason=None)
)


@cache
def _close(table: Table) -> Update:
    closed: dict[str, Any] = {"state": bindparam("verdict"), "open_at": None, "closed_at": bindparam("at")}
    return update(table).where(this_row(table)).values(closed)


@cache
def _put_off(table: Table) -> Update:
    return update(table).where(this_row(table)).values(open_at=bindparam("later"))


@cache
def _leased(table: Table) -> Types:
    return (*key_types(table), ("via", Text()), ("place", Text()))


@cache
def _lease(dialect: str, table: Table) -> Update:
    """Lease many rows in one statement, each with the place to which it goes."""
    which = given(dialect, _leased(table)).c
    return (
        update(table)
        .where(has_key(table, which))
        .values(
            state=State.LEASED.value,
            open_at=bindparam("until", type_=table.c.open_at.type),
            attempt=table.c.attempt + 1,
            failures=table.c.failures + case((table.c.state == State.LEASED.value, 1), else_=0),
            via_channel=which.via,
            via_address=which.place,
            receipt=None,
        )
    )
