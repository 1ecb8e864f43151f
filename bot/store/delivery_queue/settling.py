"""Writes down what became of claimed deliveries, as long as the claim still stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, Table, Text, Update, case, delete, exists, select, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.delivery_queue.keys import has_key, key_in, key_types
from bot.store.delivery_queue.states import MOST_FAILURES, State
from bot.store.engine.bulk import Types, bound, given
from bot.store.schema.people import addresses, participants
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.deliveries import TOO_LATE, DeliveryId, Outcome, Settlement
from programme.model.messages import Kind


@cache
def _settled(table: Table) -> Types:
    moment = table.c.open_at.type
    return (
        *key_types(table),
        *(("fence", Integer()), ("outcome", Text()), ("provider", Text())),
        *(("why", Text()), ("cost", Integer()), ("again", moment), ("at", moment)),
    )


def _held(table: Table, which: Any) -> Update:
    """Only the holder of the lease may settle: `attempt` is the fence."""
    held = update(table).where(has_key(table, which), table.c.attempt == which.fence)
    return held.where(table.c.state == State.LEASED.value)


@cache
def _final(dialect: str, table: Table) -> Update | ReturningUpdate[Any]:
    """Close each; of one's own it is told whether their person is still known."""
    which = given(dialect, _settled(table)).c
    final = _held(table, which).values(
        state=which.outcome, open_at=None, closed_at=which.at, provider_id=which.provider, reason=which.why
    )
    if table is not deliveries:
        return final
    return final.returning(table.c.id, exists().where(participants.c.id == table.c.participant).label("known"))


@cache
def _later(dialect: str, table: Table) -> Update:
    which = given(dialect, _settled(table)).c
    spent = table.c.failures + which.cost >= MOST_FAILURES
    return _held(table, which).values(
        failures=table.c.failures + which.cost,
        state=case((spent, State.FAILED.value), else_=State.PENDING.value),
        open_at=case((spent, None), else_=which.again),
        closed_at=case((spent, which.at), else_=None),
        reason=which.why,
    )


async def settle(connection: AsyncConnection, settlements: Sequence[Settlement]) -> None:
    """Settle each delivery whose claim still stands; the others were taken over and are left alone."""
    own = [s for s in settlements if isinstance(s.claimed.id, int)]
    await _settle(connection, deliveries, own)
    await _settle(connection, broadcast_deliveries, [s for s in settlements if not isinstance(s.claimed.id, int)])


async def _settle(connection: AsyncConnection, table: Table, settlements: Sequence[Settlement]) -> None:
    ordered = sorted(settlements, key=lambda s: key_in(s.claimed.id))  # two workers never lock crosswise
    later = [s for s in ordered if s.outcome is Outcome.LATER]
    final = [s for s in ordered if s.outcome is not Outcome.LATER]
    dialect = connection.dialect.name
    if later:
        await connection.execute(_later(dialect, table), _bound(connection, table, later))
    if final:
        closed = await connection.execute(_final(dialect, table), _bound(connection, table, final))
        if table is deliveries:
            await _let_go(connection, [row.id for row in closed if not row.known])
    gone = [s for s in final if s.outcome is Outcome.GONE]
    if gone:
        await _try_elsewhere(connection, table, gone)
    held = [s for s in final if s.outcome is Outcome.HELD and s.claimed.heard_at is not None]
    if held:
        await _heard_meanwhile(connection, table, held)
    not_here = [s for s in final if s.outcome is Outcome.NOT_HERE]
    if not_here:
        await carry_elsewhere(connection, table, [s.claimed.id for s in not_here])


def _bound(connection: AsyncConnection, table: Table, settlements: Sequence[Settlement]) -> dict[str, Any]:
    return bound(connection, _settled(table), [_values(settlement) for settlement in settlements])


def _values(settlement: Settlement) -> tuple[object, ...]:
    s, one = settlement, settlement.claimed
    again = s.retry_at or s.at
    return *key_in(one.id), one.attempt, s.outcome.value, s.provider_id, s.reason, int(s.costs_attempt), again, s.at


async def _let_go(connection: AsyncConnection, of_nobody: Sequence[int]) -> None:
    """Drop farewells to people who asked to be forgotten."""
    if of_nobody:
        await connection.execute(
            delete(deliveries).where(deliveries.c.id.in_(of_nobody), deliveries.c.kind == Kind.REPLY)
        )


async def _try_elsewhere(connection: AsyncConnection, table: Table, gone: Sequence[Settlement]) -> None:
    """Note where the person can't be reached; what was meant for any channel goes to another one."""
    values = _bound(connection, table, gone)
    await connection.execute(_unreachable(connection.dialect.name, table), values)
    await connection.execute(_elsewhere(connection.dialect.name, table), values)


async def _heard_meanwhile(connection: AsyncConnection, table: Table, held: Sequence[Settlement]) -> None:
    """Have go out what was to wait for a person who wrote while that was being found out."""
    for s in held:
        wrote = exists().where(
            addresses.c.channel == s.claimed.channel,
            addresses.c.address == s.claimed.address,
            addresses.c.heard_at > s.claimed.heard_at,
        )
        this = zip(table.primary_key, key_in(s.claimed.id), strict=True)
        waits = update(table).where(*(column == key for column, key in this), table.c.state == State.HELD.value, wrote)
        await connection.execute(waits.values(state=State.PENDING.value, open_at=s.at, closed_at=None))


async def carry_elsewhere(connection: AsyncConnection, table: Table, ids: Sequence[DeliveryId]) -> None:
    """Have what a channel would not carry go by the person's other one; without one it failed, or was too late."""
    keys = key_types(table)
    values = bound(connection, keys, [key_in(each) for each in ids])
    await connection.execute(_by_another(connection.dialect.name, table), values)
    await connection.execute(_nowhere(connection.dialect.name, table), values)


@cache
def _by_another(dialect: str, table: Table) -> Update:
    anywhere = table.c.address.is_(None) if "address" in table.c else true()
    other = exists().where(
        addresses.c.participant == table.c.participant,
        addresses.c.reachable,
        addresses.c.channel != table.c.via_channel,
    )
    these = has_key(table, given(dialect, key_types(table)).c) & (table.c.state == State.NOT_HERE.value)
    pending = {"state": State.PENDING.value, "open_at": table.c.closed_at, "closed_at": None}
    return update(table).where(these, anywhere, other).values(not_via=table.c.via_channel, **pending)


@cache
def _nowhere(dialect: str, table: Table) -> Update:
    these = has_key(table, given(dialect, key_types(table)).c) & (table.c.state == State.NOT_HERE.value)
    too_late = table.c.reason.startswith(TOO_LATE)
    return update(table).where(these).values(state=case((too_late, State.EXPIRED.value), else_=State.FAILED.value))


@cache
def _unreachable(dialect: str, table: Table) -> Update:
    which = given(dialect, _settled(table))
    closed = which.join(table, has_key(table, which.c) & (table.c.state == State.GONE.value))
    places = select(table.c.via_channel, table.c.via_address).select_from(closed)
    here = tuple_(addresses.c.channel, addresses.c.address)
    return update(addresses).where(here.in_(places)).values(reachable=False)


@cache
def _elsewhere(dialect: str, table: Table) -> Update:
    anywhere = table.c.address.is_(None) if "address" in table.c else true()
    other = exists().where(addresses.c.participant == table.c.participant, addresses.c.reachable)
    closed = has_key(table, given(dialect, _settled(table)).c) & (table.c.state == State.GONE.value)
    return (
        update(table)
        .where(closed, anywhere, other)
        .values(state=State.PENDING.value, open_at=table.c.closed_at, closed_at=None)
    )
