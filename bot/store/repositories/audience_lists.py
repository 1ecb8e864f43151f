"""Lists of people for whom an announcement is: a sample, or those whose numbers somebody gave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.store.repositories.repository import Repository
from bot.store.schema.broadcasting import audience_lists, audience_people
from bot.store.schema.people import participants

_BATCH = 500
_p = audience_people.c


class AudienceLists(Repository):
    """Repository of lists. Whoever is forgotten is on none of them any more."""

    async def make(self, people: Collection[int], made_by: str, strangers: int = 0) -> int:
        """Keep a list of these participants; return its number. `strangers` were given and are known to nobody."""
        on_it = sorted(set(people))
        adding = insert(audience_lists).values(made_by=made_by, at=self.now, named=len(on_it), strangers=strangers)
        number: int = (await self._connection.execute(adding.returning(audience_lists.c.id))).scalar_one()
        if on_it:
            rows = [{"list": number, "participant": person} for person in on_it]
            await self._connection.execute(insert(audience_people), rows)
        return number

    async def who_have(self, hashes: Sequence[str]) -> set[int]:
        """Return the participants whose own numbers these are, as their channels vouched."""
        return await self._known(participants.c.phone_hash, hashes)

    async def known(self, numbers: Sequence[int]) -> set[int]:
        """Return which of these are numbers of participants."""
        return await self._known(participants.c.id, numbers)

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next `few` people from lists that were made before `before`; return how many."""
        old = select(audience_lists.c.id).where(audience_lists.c.at < before)
        these = select(_p.list, _p.participant).where(_p.list.in_(old)).limit(few)
        rows = [{"of": row.list, "who": row.participant} for row in await self._connection.execute(these)]
        if rows:
            one = (_p.list == bindparam("of")) & (_p.participant == bindparam("who"))
            await self._connection.execute(delete(audience_people).where(one), rows)
        return len(rows)

    async def _known(self, column: object, values: Sequence[object]) -> set[int]:
        found: set[int] = set()
        for start in range(0, len(values), _BATCH):
            these = column.in_(values[start : start + _BATCH])  # type: ignore[attr-defined]
            found.update((await self._connection.execute(select(participants.c.id).where(these))).scalars())
        return found
