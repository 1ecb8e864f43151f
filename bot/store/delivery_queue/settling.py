"""Writes down what became of claimed deliveries, as long as the claim still stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Delete, Integer, Text, Update, case, delete, exists, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.states import MOST_FAILURES, State
from bot.store.engine.bulk import Types, bound, given
from bot.store.schema.tables import addresses, deliveries, participants
from programme.model.deliveries import Outcome, Settlement
from programme.model.messages import Kind

_d = deliveries.c


_SETTLED: Types = (
    *(("row", BigInteger()), ("fence", Integer()), ("outcome", Text()), ("provider", Text())),
    *(("why", Text()), ("cost", Integer()), ("again", _d.open_at.type), ("at", _d.open_at.type)),
)


def _held(which: Any) -> Update:
    """Only the holder of the lease may settle: `attempt` is the fence."""
    held = update(deliveries).where(_d.id == which.row, _d.attempt == which.fence)
    return held.where(_d.state == State.LEASED.value)


@cache
def _final(dialect: str) -> Update:
    which = given(dialect, _SETTLED).c
    return _held(which).values(
        state=which.outcome, open_at=None, closed_at=which.at, provider_id=which.provider, reason=which.why
    )


@cache
def _later(dialect: str) -> Update:
    which = given(dialect, _SETTLED).c
    spent = _d.failures + which.cost >= MOST_FAILURES
    return _held(which).values(
        failures=_d.failures + which.cost,
        state=case((spent, State.FAILED.value), else_=State.PENDING.value),
        open_at=case((spent, None), else_=which.again),
        closed_at=case((spent, which.at), else_=None),
        reason=which.why,
    )


async def settle(connection: AsyncConnection, settlements: Sequence[Settlement]) -> None:
    """Settle each delivery whose claim still stands; the others were taken over and are left alone."""
    ordered = sorted(settlements, key=lambda settlement: settlement.id)  # two workers never lock crosswise
    later = [s for s in ordered if s.outcome is Outcome.LATER]
    final = [s for s in ordered if s.outcome is not Outcome.LATER]
    dialect = connection.dialect.name
    if later:
        await connection.execute(_later(dialect), bound(connection, _SETTLED, [_values(s) for s in later]))
    if final:
        values = bound(connection, _SETTLED, [_values(s) for s in final])
        await connection.execute(_final(dialect), values)
        if any(settlement.id > 0 for settlement in final):  # those of announcements are below
            await connection.execute(_let_go(dialect), values)
    gone = [s for s in final if s.outcome is Outcome.GONE]
    if gone:
        await _try_elsewhere(connection, gone)


def _values(settlement: Settlement) -> tuple[object, ...]:
    s = settlement
    again = s.retry_at or s.at
    return s.id, s.attempt, s.outcome.value, s.provider_id, s.reason, int(s.costs_attempt), again, s.at


@cache
def _let_go(dialect: str) -> Delete:
    """Drop the farewell to a person who asked to be forgotten."""
    there = exists().where(participants.c.id == _d.participant)
    settled = select(given(dialect, _SETTLED).c.row)
    return delete(deliveries).where(_d.id.in_(settled), _d.kind == Kind.REPLY, ~there)


async def _try_elsewhere(connection: AsyncConnection, gone: Sequence[Settlement]) -> None:
    """Note where the person can't be reached; what was meant for any messenger goes to another one."""
    ids = _d.id.in_([settlement.id for settlement in gone])
    closed = (ids, _d.state == State.GONE.value)
    places = select(_d.via_channel, _d.via_address).where(*closed)
    here = tuple_(addresses.c.channel, addresses.c.address)
    await connection.execute(update(addresses).where(here.in_(places)).values(reachable=False))
    other = exists().where(addresses.c.participant == _d.participant, addresses.c.reachable)
    await connection.execute(
        update(deliveries)
        .where(*closed, _d.address.is_(None), other)
        .values(state=State.PENDING.value, open_at=_d.closed_at, closed_at=None)
    )
