"""Writes down what became of claimed deliveries, as long as the claim still stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Update, bindparam, case, delete, exists, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.states import MOST_FAILURES, State
from bot.store.tables import addresses, deliveries, participants
from programme.deliveries import Outcome, Settlement
from programme.messages import Kind

_d = deliveries.c


def _held() -> Update:
    """Only the holder of the lease may settle: `attempt` is the fence."""
    return update(deliveries).where(
        _d.id == bindparam("row"), _d.attempt == bindparam("fence"), _d.state == State.LEASED.value
    )


_FINAL = _held().values(
    state=bindparam("outcome"),
    open_at=None,
    closed_at=bindparam("at"),
    provider_id=bindparam("provider"),
    reason=bindparam("why"),
)

_spent = _d.failures + bindparam("cost") >= MOST_FAILURES
_LATER = _held().values(
    failures=_d.failures + bindparam("cost"),
    state=case((_spent, State.FAILED.value), else_=State.PENDING.value),
    open_at=case((_spent, None), else_=bindparam("again", type_=_d.open_at.type)),
    closed_at=case((_spent, bindparam("at", type_=_d.closed_at.type)), else_=None),
    reason=bindparam("why"),
)


async def settle(connection: AsyncConnection, settlements: Sequence[Settlement]) -> None:
    """Settle each delivery whose claim still stands; the others were taken over and are left alone."""
    ordered = sorted(settlements, key=lambda settlement: settlement.id)  # two workers never lock crosswise
    later = [s for s in ordered if s.outcome is Outcome.LATER]
    final = [s for s in ordered if s.outcome is not Outcome.LATER]
    if later:
        await connection.execute(_LATER, [_later(s) for s in later])
    if final:
        await connection.execute(_FINAL, [_final(s) for s in final])
        await _let_go(connection, [s.id for s in final])
    gone = [s for s in final if s.outcome is Outcome.GONE]
    if gone:
        await _try_elsewhere(connection, gone)


def _final(settlement: Settlement) -> dict[str, Any]:
    return {
        "row": settlement.id,
        "fence": settlement.attempt,
        "outcome": settlement.outcome.value,
        "at": settlement.at,
        "provider": settlement.provider_id,
        "why": settlement.reason,
    }


def _later(settlement: Settlement) -> dict[str, Any]:
    return {
        "row": settlement.id,
        "fence": settlement.attempt,
        "cost": int(settlement.costs_attempt),
        "again": settlement.retry_at or settlement.at,
        "at": settlement.at,
        "why": settlement.reason,
    }


async def _let_go(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Drop the farewell to a person who asked to be forgotten."""
    there = exists().where(participants.c.id == _d.participant)
    await connection.execute(delete(deliveries).where(_d.id.in_(ids), _d.kind == Kind.REPLY, ~there))


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
