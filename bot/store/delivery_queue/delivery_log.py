"""What went out and what is still to, as it stands: a person's own deliveries, and those of broadcasts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.states import LogEntry, State, entry_from
from bot.store.delivery_queue.words import read_words
from bot.store.repositories.broadcast_rows import BroadcastWords
from bot.store.schema.people import participants
from bot.store.schema.staff import broadcasts
from bot.store.schema.traffic import broadcast_deliveries, deliveries
from programme.model.broadcasts import source_of
from programme.model.deliveries import BroadcastDeliveryId
from programme.model.messages import Kind

_d, _b, _p = broadcast_deliveries.c, broadcasts.c, participants.c


async def log(connection: AsyncConnection, limit: int, participant: int | None) -> list[LogEntry]:
    """Return up to `limit` entries, newest first; for everybody where no participant is named."""
    own = select(deliveries).order_by(deliveries.c.id.desc()).limit(limit)
    if participant is not None:
        own = own.where(deliveries.c.participant == participant)
    rows = (await connection.execute(own)).all()
    messages = await read_words(connection, rows)
    entries = [entry_from(row, message) for row, message in zip(rows, messages, strict=True)]
    others = [await _entry(connection, row) for row in await _of_broadcasts(connection, limit, participant)]
    return sorted(entries + others, key=_moment, reverse=True)[:limit] if others else entries


async def past(connection: AsyncConnection, participant: int, before: datetime | None, limit: int) -> list[LogEntry]:
    """Return what one person was sent, or was not in the end, the newest first; before a moment if one is given."""
    own = select(deliveries).where(deliveries.c.participant == participant, deliveries.c.closed_at.is_not(None))
    told = _with_broadcast().where(await to_person(connection, participant), _d.closed_at.is_not(None))
    if before is not None:
        own, told = own.where(deliveries.c.closed_at < before), told.where(_d.closed_at < before)
    own = own.order_by(deliveries.c.closed_at.desc(), deliveries.c.id.desc())
    rows = (await connection.execute(own.limit(limit))).all()
    messages = await read_words(connection, rows)
    entries = [entry_from(row, message) for row, message in zip(rows, messages, strict=True)]
    others = (await connection.execute(told.order_by(_d.closed_at.desc(), _d.broadcast.desc()).limit(limit))).all()
    entries += [await _entry(connection, row) for row in others]
    return sorted(entries, key=_moment, reverse=True)[:limit]


async def to_person(connection: AsyncConnection, participant: int) -> ColumnElement[bool]:
    """Choose what a person got or gets of broadcasts, by the key that it has in each."""
    numbers = (await connection.execute(select(_b.id))).scalars().all()
    return _d.broadcast.in_(numbers) & (_d.participant == participant)


async def _of_broadcasts(connection: AsyncConnection, limit: int, participant: int | None) -> list[Row[Any]]:
    """Return rows of the latest broadcasts first, each in the order of its people."""
    chosen = _with_broadcast().order_by(_d.broadcast.desc(), _d.participant).limit(limit)
    if participant is not None:
        return list((await connection.execute(chosen.where(await to_person(connection, participant)))).all())
    found: list[Row[Any]] = []
    for number in (await connection.execute(select(_b.id).order_by(_b.id.desc()))).scalars().all():
        if len(found) < limit:
            found += (await connection.execute(chosen.where(_d.broadcast == number))).all()
    return found[:limit]


def _with_broadcast() -> Any:
    rows = select(broadcast_deliveries, _b.digest, _b.starts_at, _p.language)
    joined = broadcast_deliveries.join(broadcasts, _b.id == _d.broadcast)
    return rows.select_from(joined.outerjoin(participants, _p.id == _d.participant))


async def _entry(connection: AsyncConnection, row: Row[Any]) -> LogEntry:
    words = await BroadcastWords.of(connection, row.broadcast, row.digest)
    return LogEntry(
        id=BroadcastDeliveryId(row.broadcast, row.participant),
        participant=row.participant,
        source=source_of(row.broadcast),
        kind=Kind.BROADCAST,
        state=State(row.state),
        due_at=row.starts_at,
        closed_at=row.closed_at,
        channel=row.via_channel,
        message=words.to(row.language),
        provider_id=row.provider_id,
        reason=row.reason,
    )


def _moment(entry: LogEntry) -> datetime:
    return entry.closed_at or entry.due_at
