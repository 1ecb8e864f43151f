"""Who is meant by an announcement, as conditions on the tables: to count people, and to plan for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, case, exists, func, literal, not_, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import RANKS, addresses, deliveries, participants, progress
from programme.broadcasts import Audience, Exclusions
from programme.messages import Kind
from programme.milestones import Milestone
from programme.participants import ReminderLevel
from programme.zones import Zone

_p = participants.c
_WANTED = "wanted"

PLANNED = (
    "participant", "source", "kind", "rank", "due_at", "not_after", "unless",
    "shared_message", "state", "open_at", "attempt", "failures",
)  # fmt: skip
"""The columns that `rows_for` fills."""


async def count(connection: AsyncConnection, audience: Audience) -> tuple[int, Exclusions]:
    """Count the people meant, and those left out by the first reason that fits."""
    reason = case(*((left_out, name) for name, left_out in _reasons(audience).items()), else_=literal(_WANTED))
    named = select(reason.label("reason")).where(_in_waves(audience)).subquery()
    rows = await connection.execute(select(named.c.reason, func.count().label("people")).group_by(named.c.reason))
    found = {row.reason: row.people for row in rows}
    wanted = found.pop(_WANTED, 0)
    if audience.waves:
        everybody = (await connection.execute(select(func.count()).select_from(participants))).scalar_one()
        found["other_wave"] = everybody - wanted - sum(found.values())
    return wanted, Exclusions(**found)


async def stretch(connection: AsyncConnection, audience: Audience, after: int, most: int) -> int | None:
    """Return the last id of the next `most` people of these waves after the id `after`; None past the end."""
    ids = select(_p.id).where(_in_waves(audience), _p.id > after).order_by(_p.id).limit(most).subquery()
    last: int | None = (await connection.execute(select(func.max(ids.c.id)))).scalar()
    return last


def rows_for(audience: Audience, source: str, words: dict[str, bytes], now: datetime) -> Select[tuple[object, ...]]:
    """Select what `PLANNED` names for everybody meant, from the id `after` up to `upto`, both parameters.

    `words` are the digests of the words by language, the first one being for all other languages.
    """
    (_default, first), *others = words.items()
    digest = deliveries.c.shared_message.type
    shared: ColumnElement[bytes] = literal(first, digest)
    if others:
        shared = case(*((_p.language == code, literal(other, digest)) for code, other in others), else_=shared)
    unless: Any = null()
    if audience.not_reached:
        unless = literal(audience.not_reached[0], deliveries.c.unless.type)
    return (
        select(
            _p.id,
            literal(source),
            literal(Kind.BROADCAST, deliveries.c.kind.type),
            literal(RANKS[Kind.BROADCAST]),
            literal(now, deliveries.c.due_at.type),
            bindparam("not_after", type_=deliveries.c.not_after.type),
            unless,
            shared,
            literal("pending"),
            literal(now, deliveries.c.open_at.type),
            literal(0, Integer),
            literal(0, Integer),
        )
        .where(_in_waves(audience), _p.id > bindparam("after"), _p.id <= bindparam("upto"))
        .where(and_(*(not_(left_out) for left_out in _reasons(audience).values())))
        .order_by(_p.id)
    )


def _in_waves(audience: Audience) -> ColumnElement[bool]:
    return _p.wave.in_(audience.waves) if audience.waves else _p.id.is_not(None)


def _reasons(audience: Audience) -> dict[str, ColumnElement[bool]]:
    """Name the reasons for leaving a person out, by the fields of `Exclusions`."""
    found: dict[str, ColumnElement[bool]] = {}
    if audience.zones:
        found["other_zone"] = func.coalesce(_p.zone, Zone.WIB.value).not_in([zone.value for zone in audience.zones])
    lacking = [not_(_has((milestone,))) for milestone in audience.reached]
    beyond = [_has(audience.not_reached)] if audience.not_reached else []
    for place, misfit in enumerate([*lacking, *beyond]):
        found["milestone"] = misfit if place == 0 else found["milestone"] | misfit
    found["opted_out"] = _p.reminder_level == ReminderLevel.NONE
    found["unreachable"] = not_(exists().where(addresses.c.participant == _p.id, addresses.c.reachable))
    return found


def _has(milestones: tuple[Milestone, ...]) -> ColumnElement[bool]:
    return exists().where(
        progress.c.participant == _p.id, progress.c.milestone.in_(milestones), progress.c.undone_at.is_(None)
    )
