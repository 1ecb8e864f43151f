"""Undos: what staff did at the console a moment ago, so that it can be taken back before it reaches anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from bot.store.delivery_queue.states import State
from bot.store.repositories.repository import Repository, reader
from bot.store.schema.console import console_undo
from bot.store.schema.traffic import deliveries

_u, _d = console_undo.c, deliveries.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """One act on one ticket. `changed` holds each field of the ticket that changed: as it was, and as it became."""

    id: int
    participant: int
    ticket: int
    batch: str
    who: str
    act: str
    until: datetime
    changed: dict[str, list[Any]]
    source: str | None
    entry: int | None
    words: str | None


_undo = reader(Undo)


class Undos(Repository):
    """Repository of acts that may be undone."""

    async def remember(self, **values: Any) -> None:
        """Remember an act: the columns of `Undo`, but for its id."""
        await self._connection.execute(insert(console_undo).values(at=self.now, **values))

    async def take(self, batch: str, who: str) -> list[Undo]:
        """Return what a member did by one press and has not undone; from then on it counts as undone."""
        mine = (_u.batch == batch) & (_u.who == who) & _u.undone_at.is_(None)
        found = await self._all(select(console_undo).where(mine).order_by(_u.id).with_for_update(), _undo)
        await self._connection.execute(update(console_undo).where(mine).values(undone_at=self.now))
        return found

    async def open_of(self, who: str) -> tuple[str, int, datetime] | None:
        """Return the last press of a member that may be undone: its batch, how many tickets, until when."""
        mine = (_u.who == who) & (_u.until > self.now) & _u.undone_at.is_(None)
        chosen = select(_u.batch, func.count().label("many"), func.max(_u.until).label("until")).where(mine)
        latest = chosen.group_by(_u.batch).order_by(func.max(_u.id).desc()).limit(1)
        row = (await self._connection.execute(latest)).first()
        return None if row is None else (row.batch, row.many, row.until)

    async def hold_back(self, participant: int, source: str) -> bool:
        """Cancel what is owed under a source, all of it or nothing; False where some of it is on its way already."""
        under = (_d.participant == participant) & ((_d.source == source) | _d.source.startswith(f"{source}/"))
        states = (await self._connection.execute(select(_d.state).where(under).with_for_update())).scalars().all()
        if any(state != State.PENDING for state in states):
            return False
        await self._connection.execute(
            update(deliveries).where(under).values(state=State.CANCELLED.value, open_at=None, closed_at=self.now)
        )
        return True

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next `few` acts that can't be undone since then; return how many."""
        old = select(_u.id).where(_u.until < before).limit(few)
        return (await self._connection.execute(delete(console_undo).where(_u.id.in_(old)))).rowcount
