"""People list: whom the staff look for, by how a name begins or by a number's last digits, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, literal, select, tuple_

from bot.store.repositories.repository import Repository
from bot.store.schema.columns import called
from bot.store.schema.people import participants

_p = participants.c
_LAST_LETTER = "\U0010ffff"
_named = called(_p.name)


@dataclass(frozen=True, slots=True)
class PersonPlace:
    """Where a page of the list ends, so that the next begins after it, whoever came or went meanwhile."""

    key: str
    id: int


class PeopleList(Repository):
    """Repository of lists of people, as their ids. Each is one stretch of an index, however many people there are."""

    async def called(
        self, begins: str, limit: int, after: PersonPlace | None = None
    ) -> tuple[list[int], PersonPlace | None]:
        """Return people whose name begins so, in small letters or capitals, in the order of their names."""
        asked = called(literal(begins))
        those = (_named >= asked) & (_named < asked.concat(literal(_LAST_LETTER)))
        return await self._page(_named, those, limit, after)

    async def with_tail(
        self, digits: str, limit: int, after: PersonPlace | None = None
    ) -> tuple[list[int], PersonPlace | None]:
        """Return people whose own number, as far as they shared it, ends in these digits."""
        return await self._page(_p.phone_tail, _p.phone_tail == digits, limit, after)

    async def _page(
        self, key: ColumnElement[str], those: ColumnElement[bool], limit: int, after: PersonPlace | None
    ) -> tuple[list[int], PersonPlace | None]:
        chosen = select(_p.id, key.label("key")).where(those).order_by(key, _p.id).limit(limit + 1)
        if after is not None:
            chosen = chosen.where(tuple_(key, _p.id) > (after.key, after.id))
        rows: Sequence[tuple[int, str]] = [(row.id, row.key) for row in await self._connection.execute(chosen)]
        further = PersonPlace(rows[limit - 1][1], rows[limit - 1][0]) if len(rows) > limit else None
        return [person for person, _key in rows[:limit]], further
