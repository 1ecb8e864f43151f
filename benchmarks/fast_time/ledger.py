"""What the store tells: whether anything is under way, when the next thing falls due, and all rows at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row as SqlRow
from sqlalchemy import func, literal, select, text, union_all
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.fast_time.journal import Row
from bot.store import Store, UnitOfWork
from bot.store.schema.people import addresses
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries, inbox
from programme.model.broadcasts import BroadcastState
from programme.model.messages import Kind

_LEASED = union_all(
    select(deliveries.c.participant).where(deliveries.c.open_at.is_not(None), deliveries.c.state == "leased"),
    select(broadcast_deliveries.c.participant).where(
        broadcast_deliveries.c.open_at.is_not(None), broadcast_deliveries.c.state == "leased"
    ),
).subquery()
_ONE_MOMENT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
"""Else what is claimed between two questions is leased for the second alone, and its lease is leapt over."""

_GOING_OUT = (BroadcastState.SCHEDULED, BroadcastState.RUNNING)


@dataclass
class Ledger:
    """Looks into the store that all processes share."""

    store: Store

    async def quiet_until(self, *, leases: bool = True) -> datetime | None:
        """Return when the next thing falls due, far ahead where nothing does; None while anything is under way.

        Without `leases` these run out like anything that falls due, for whoever held them is dead.
        """
        try:
            async with self.store.reading() as tx:
                await tx.connection.execute(_ONE_MOMENT)
                return await _quiet_until(tx, leases=leases)
        except (SQLAlchemyError, OSError):  # the database starts again
            return None

    async def rows(self) -> list[Row]:
        """Return every delivery."""
        async with self.store.reading() as tx:
            own = await tx.connection.execute(select(deliveries))
            many = await tx.connection.execute(
                select(broadcast_deliveries, broadcasts.c.not_after).join(
                    broadcasts, broadcasts.c.id == broadcast_deliveries.c.broadcast
                )
            )
            return [*map(_own, own), *map(_of_many, many)]

    async def people(self) -> dict[tuple[str, str], int]:
        """Return whose each address is."""
        async with self.store.reading() as tx:
            found = await tx.connection.execute(
                select(addresses.c.channel, addresses.c.address, addresses.c.participant)
            )
            return {(row.channel, row.address): row.participant for row in found}


async def _quiet_until(tx: UnitOfWork, *, leases: bool) -> datetime | None:
    waiting = await tx.connection.execute(select(func.count()).where(inbox.c.handled_at.is_(None)))
    leased = await tx.connection.execute(select(func.count()).select_from(_LEASED).where(literal(leases)))
    ordered = select(func.count()).where(broadcasts.c.state.in_(_GOING_OUT), broadcasts.c.starts_at <= tx.now)
    going_out = await tx.connection.execute(ordered)
    if waiting.scalar_one() or leased.scalar_one() or going_out.scalar_one():
        return None
    coming = list(_present(await tx.reminders.next_at(), await tx.outbox.next_due(), await tx.broadcasts.next_start()))
    return min((*coming, datetime.max.replace(tzinfo=tx.now.tzinfo))) if all(each > tx.now for each in coming) else None


def _present(*moments: datetime | None) -> Iterator[datetime]:
    return (each for each in moments if each is not None)


def _own(row: SqlRow[tuple[object, ...]]) -> Row:
    return Row(
        row.participant,
        row.source,
        row.kind,
        row.state,
        row.not_after,
        row.unless,
        row.via_channel or row.channel,
        row.provider_id,
        row.reason,
    )


def _of_many(row: SqlRow[tuple[object, ...]]) -> Row:
    source = f"broadcast/{row.broadcast}"
    told = row.via_channel, row.provider_id, row.reason
    return Row(row.participant, source, Kind.BROADCAST, row.state, row.not_after, None, *told)
