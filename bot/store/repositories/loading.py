"""Reads participants as the programme knows them, each in one row with its steps and payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.repositories.repository import reader
from bot.store.schema.codec import step_from
from bot.store.schema.columns import JsonDocument
from bot.store.schema.people import participants, payments, progress
from programme.model.participants import Participant, ReminderWishes
from programme.model.payments import Payment, PaymentStatus

MANY = 500
"""How many ids go into one question; SQLite and PostgreSQL both take far more, but plan it slower."""

_p = participants.c
_STEP = (progress.c.milestone, progress.c.on, progress.c.platform, progress.c.source)
_PAID = (payments.c.number, payments.c.amount, payments.c.status, payments.c.scheduled_on, payments.c.paid_on)
_PAYMENT = (*_PAID, payments.c.partner, payments.c.reason)


@cache
def people(dialect: str) -> Select[Any]:
    """Return the select of participants, to be narrowed; `participant_from` reads its rows."""
    steps = _gathered(dialect, _STEP).where(progress.c.participant == _p.id, progress.c.undone_at.is_(None))
    paid = _gathered(dialect, _PAYMENT).where(payments.c.participant == _p.id)
    return select(
        participants,
        type_coerce(steps.scalar_subquery(), JsonDocument).label("steps"),
        type_coerce(paid.scalar_subquery(), JsonDocument).label("paid"),
    )


@cache
def _these(dialect: str) -> Select[Any]:
    return people(dialect).where(_p.id.in_(bindparam("ids", expanding=True)))


async def load(connection: AsyncConnection, chosen: Select[Any]) -> list[Participant]:
    """Return the participants whom `chosen`, narrowed from `people`, finds, in its order."""
    return [participant_from(row) for row in await connection.execute(chosen)]


async def load_by_id(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Participant]:
    """Return the participants with these ids, those that exist."""
    wanted = sorted(set(ids))
    found: dict[int, Participant] = {}
    for start in range(0, len(wanted), MANY):
        some = {"ids": wanted[start : start + MANY]}
        for row in await connection.execute(_these(connection.dialect.name), some):
            found[row.id] = participant_from(row)
    return found


payment_from = reader(Payment)


def participant_from(row: Row[Any]) -> Participant:
    """Read a participant."""
    steps = [step_from(document) for document in row.steps or ()]
    paid = [payment_of(document) for document in row.paid or ()]
    return Participant(
        id=row.id,
        name=row.name,
        language=row.language,
        zone=row.zone,
        wave=row.wave,
        passed_on=row.passed_on,
        official=row.official,
        joined_at=row.joined_at,
        welcomed=row.welcomed,
        reminders=ReminderWishes(
            row.reminder_level,
            _clock(row.reminder_hour, row.reminder_minute),
            pictures=not row.reminder_text_only,
        ),
        plan_at=row.plan_at,
        told_cutoff=row.told_cutoff,
        obstacle=row.obstacle,
        progress={step.milestone: step for step in steps},
        pause=row.pause,
        payments=tuple(sorted(paid, key=lambda payment: payment.number)),
    )


def _gathered(dialect: str, columns: Iterable[Column[Any]]) -> Select[Any]:
    """Gather rows of one person as a JSON list of objects."""
    pairs: list[ColumnElement[Any]] = []
    for column in columns:
        pairs += [literal_column(f"'{column.name}'"), column]
    if dialect == "sqlite":
        return select(func.json_group_array(func.json_object(*pairs, type_=Text)))
    return select(cast(func.json_agg(func.json_build_object(*pairs)), Text))


def _clock(hour: int | None, minute: int | None) -> time | None:
    return None if hour is None else time(hour, minute or 0)


def payment_of(document: Mapping[str, Any]) -> Payment:
    """Read a payment from a JSON object."""
    days = {name: document[name] and date.fromisoformat(document[name]) for name in ("scheduled_on", "paid_on")}
    return Payment(**{**document, **days, "status": PaymentStatus(document["status"])})
