"""What went out and what is still to, as it stands: a person's own deliveries, and those of announcements."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.delivery_queue.broadcast_keys import key_of
from bot.store.delivery_queue.states import LogEntry, State, entry_from
from bot.store.delivery_queue.words import read_words
from bot.store.repositories.broadcast_rows import BroadcastWords
from bot.store.schema.tables import broadcasts, deliveries, participants
from programme.model.broadcasts import source_of

_d, _b, _p = deliveries.c, broadcasts.c, participants.c


async def log(connection: AsyncConnection, limit: int, participant: int | None) -> list[LogEntry]:
    """Return up to `limit` entries, newest first; for everybody where no participant is named."""
    own = select(deliveries).where(_d.source.is_not(None)).order_by(_d.id.desc()).limit(limit)
    announced = _announced().order_by(_d.id).limit(limit)  # the latest announcement has the lowest keys
    if participant is not None:
        own = own.where(_d.participant == participant)
        announced = announced.where(_d.id.in_(await announced_to(connection, participant)))
    rows = (await connection.execute(own)).all()
    messages = await read_words(connection, rows)
    entries = [entry_from(row, message) for row, message in zip(rows, messages, strict=True)]
    others = [await _entry(connection, row) for row in await connection.execute(announced)]
    return sorted(entries + others, key=_moment, reverse=True)[:limit] if others else entries


async def announced_to(connection: AsyncConnection, participant: int) -> list[int]:
    """Return the keys that the person's deliveries from announcements have, as far as there are any."""
    return [key_of(number, participant) for number in (await connection.execute(select(_b.id))).scalars()]


async def of_person(connection: AsyncConnection, participant: int) -> ColumnElement[bool]:
    """Choose everything that was ever owed to a person."""
    own = (_d.participant == participant) & _d.source.is_not(None)
    return own | _d.id.in_(await announced_to(connection, participant))


def _announced() -> Any:
    rows = select(deliveries, _b.digest, _b.starts_at, _p.language)
    joined = deliveries.join(broadcasts, _b.id == _d.broadcast).outerjoin(participants, _p.id == _d.participant)
    return rows.select_from(joined).where(_d.id < 0)


async def _entry(connection: AsyncConnection, row: Row[Any]) -> LogEntry:
    words = await BroadcastWords.of(connection, row.broadcast, row.digest)
    return LogEntry(
        id=row.id,
        participant=row.participant,
        source=source_of(row.broadcast),
        kind=row.kind,
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
