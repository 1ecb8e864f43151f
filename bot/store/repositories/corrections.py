"""Corrections: what the staff put right on somebody's path, why, and whether it was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.store.repositories.repository import Repository
from bot.store.schema.codec import step_from, step_to
from bot.store.schema.people import corrections
from programme.model.milestones import Milestone, Step

_c = corrections.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One milestone of one person, as it stood and as a member of the staff put it; None is *not reached*."""

    participant: int
    milestone: Milestone
    before: Step | None
    after: Step | None
    who: str
    reason: str
    at: datetime
    id: int = 0
    undone_at: datetime | None = None
    undone_by: str | None = None


class Corrections(Repository):
    """Repository of corrections."""

    async def add(self, correction: Correction) -> int:
        """Keep a correction; return its number."""
        values = {
            "participant": correction.participant,
            "milestone": correction.milestone,
            "before": step_to(correction.before) if correction.before else None,
            "after": step_to(correction.after) if correction.after else None,
            "who": correction.who,
            "reason": correction.reason,
            "at": correction.at,
        }
        added = await self._connection.execute(insert(corrections).values(values).returning(_c.id))
        number: int = added.scalar_one()
        return number

    async def of(self, person: int, limit: int) -> list[Correction]:
        """Return the latest corrections of a person, newest first."""
        theirs = select(corrections).where(_c.participant == person)
        return await self._all(theirs.order_by(_c.id.desc()).limit(limit), _correction)

    async def get(self, number: int) -> Correction | None:
        """Return one correction."""
        return await self._one(select(corrections).where(_c.id == number), _correction)

    async def undo(self, number: int, who: str) -> bool:
        """Note that it was taken back; False where it was already."""
        standing = update(corrections).where(_c.id == number, _c.undone_at.is_(None))
        return (await self._connection.execute(standing.values(undone_at=self.now, undone_by=who))).rowcount == 1


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        id=row.id,
        participant=row.participant,
        milestone=row.milestone,
        before=step_from(row.before) if row.before else None,
        after=step_from(row.after) if row.after else None,
        who=row.who,
        reason=row.reason,
        at=row.at,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
