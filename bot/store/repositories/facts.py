"""What the store remembers of the programme itself: cutoffs and policy as last seen, trainings as imported."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.store.engine.upserts import change_many
from bot.store.repositories.lines import Lines
from bot.store.repositories.repository import Repository
from bot.store.schema.programme import cutoffs, planned_policy, trainings


class Cutoffs(Repository):
    """The cutoffs as they were seen last, so that a moved one is noticed."""

    async def known(self) -> dict[int, datetime]:
        """Return the cutoffs by wave."""
        rows = await self._connection.execute(select(cutoffs).order_by(cutoffs.c.wave))
        return {row.wave: row.cutoff for row in rows}

    async def remember(self, wave: int, cutoff: datetime) -> None:
        """Note a wave's cutoff."""
        await change_many(self._connection, cutoffs, [{"wave": wave, "cutoff": cutoff}])


class PlannedPolicy(Repository):
    """The reminder policy by which everybody is planned, so that another one is noticed."""

    async def known(self) -> tuple[str, int | None] | None:
        """Return its fingerprint, and the id that planning by it has come to: None once it is through."""
        row = (await self._connection.execute(select(planned_policy))).one_or_none()
        return None if row is None else (row.policy, row.upto)

    async def remember(self, fingerprint: str, upto: int | None = None) -> None:
        """Note by which policy people are planned, and how far."""
        await change_many(self._connection, planned_policy, [{"place": 1, "policy": fingerprint, "upto": upto}])


class Trainings(Repository):
    """Imported trainings, each a JSON document under its key."""

    @property
    def lines(self) -> Lines:
        """The trainings as plain values, many at a time."""
        return Lines(self._connection, trainings)

    async def all(self) -> dict[str, dict[str, Any]]:
        """Return all documents, by key."""
        rows = await self._connection.execute(select(trainings).order_by(trainings.c.key))
        return {row.key: row.document for row in rows}
