"""Back-fills: what a migration left to be written into old rows, a stretch of them at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, func, select, update

from bot.store.repositories.repository import Repository
from bot.store.schema.helpdesk import tickets
from bot.store.schema.traffic import deliveries
from bot.store.schema.upkeep import back_fills

_b, _d, _t = back_fills.c, deliveries.c, tickets.c


@dataclass(frozen=True, slots=True)
class BackFill:
    """What is written into which rows of a table with the key `id`. To write it twice changes nothing."""

    table: Table
    values: Mapping[str, ColumnElement[Any]]
    where: ColumnElement[bool]


BACK_FILLS: Final[Mapping[str, BackFill]] = MappingProxyType(
    {
        "deliveries_closed_at": BackFill(  # what was withdrawn had no moment at which it ended
            deliveries, {"closed_at": _d.due_at}, (_d.state == "cancelled") & _d.closed_at.is_(None)
        ),
        "tickets_emptied_at": BackFill(  # what had lost its words did not say so
            tickets,
            {"emptied_at": _t.closed_at},
            (_t.state == "closed") & _t.room.is_(None) & (_t.complaint == "") & _t.emptied_at.is_(None),
        ),
    }
)
"""By the name by which a migration leaves it to the job."""


@dataclass(frozen=True, slots=True)
class BackFillStanding:
    """How far one is that is not finished: up to which row, and which is the last there."""

    name: str
    upto: int
    last: int


class BackFills(Repository):
    """Repository of back-fills."""

    async def unfinished(self) -> list[BackFillStanding]:
        """Return those under way, by their names; one that this code does not know is another version's."""
        chosen = select(_b.name, _b.upto).where(_b.finished_at.is_(None), _b.name.in_(BACK_FILLS)).order_by(_b.name)
        left = (await self._connection.execute(chosen)).all()
        return [BackFillStanding(row.name, row.upto, await self._last(BACK_FILLS[row.name].table)) for row in left]

    async def go_on(self, name: str, few: int) -> bool:
        """Do the next `few` rows; False where none is left. Another process that is at it is waited for."""
        chosen = select(_b.upto).where(_b.name == name, _b.finished_at.is_(None)).with_for_update()
        upto = (await self._connection.execute(chosen)).scalar()
        if upto is None:
            return False
        back_fill, mine = BACK_FILLS[name], update(back_fills).where(_b.name == name)
        key = back_fill.table.c.id
        stretch = select(key).where(key > upto).order_by(key).limit(few).subquery()
        last = (await self._connection.execute(select(func.max(stretch.c.id)))).scalar()
        if last is None:
            await self._connection.execute(mine.values(finished_at=self.now))
            return False
        here = key > upto, key <= last, back_fill.where
        await self._connection.execute(update(back_fill.table).where(*here).values(dict(back_fill.values)))
        await self._connection.execute(mine.values(upto=last))
        return True

    async def _last(self, table: Table) -> int:
        return int((await self._connection.execute(select(func.coalesce(func.max(table.c.id), 0)))).scalar_one())
