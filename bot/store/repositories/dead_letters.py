"""Dead letters: what failed again and again, set aside so that the rest goes on, and told to an operator.

Nothing here tells anything about anybody: the kind, the number of the row, and the sort of error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository, reader
from bot.store.schema.traffic import dead_letters
from programme.model.spheres import Sphere

TRIES = 3
"""So often a thing may fail, with an error that is no outage, until it is set aside."""

_d = dead_letters.c


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """One thing that failed `tries` times, first `since` and last `at` (UTC), for the `reason`."""

    sphere: Sphere
    key: str
    reason: str
    tries: int
    since: datetime
    at: datetime


_letter = reader(DeadLetter)


class DeadLetters(Repository):
    """Repository of dead letters."""

    async def failed(self, sphere: Sphere, key: int | str, reason: str, *, most: int = TRIES) -> tuple[int, bool]:
        """Count one more failure; return how many there were, and whether this one sets it aside."""
        this = {"sphere": sphere, "key": str(key)}
        adding = insert_into(self._connection, dead_letters).values(
            **this, reason=reason, tries=1, since=self.now, at=self.now, dead=most <= 1
        )
        tries = _d.tries + 1
        counted = adding.on_conflict_do_update(
            index_elements=[_d.sphere, _d.key],
            set_={"tries": tries, "at": self.now, "reason": reason, "dead": tries >= most},
        )
        row = (await self._connection.execute(counted.returning(_d.tries))).one()
        return row.tries, row.tries == most

    async def worked(self, sphere: Sphere, key: int | str) -> None:
        """Forget the failures of what succeeded after all."""
        await self._connection.execute(delete(dead_letters).where(_d.sphere == sphere, _d.key == str(key)))

    async def dead(self, sphere: Sphere) -> frozenset[str]:
        """Return the keys of everything of this sphere that is set aside."""
        found = await self._connection.execute(select(_d.key).where(_d.sphere == sphere, _d.dead))
        return frozenset(found.scalars())

    async def all(self, sphere: Sphere | None = None) -> list[DeadLetter]:
        """Return what is set aside, oldest first."""
        chosen = select(dead_letters).where(_d.dead).order_by(_d.since, _d.sphere, _d.key)
        if sphere is not None:
            chosen = chosen.where(_d.sphere == sphere)
        return await self._all(chosen, _letter)

    async def revive(self, sphere: Sphere, key: str) -> bool:
        """Have a thing tried again; False where it was not set aside."""
        done = await self._connection.execute(delete(dead_letters).where(_d.sphere == sphere, _d.key == key, _d.dead))
        return done.rowcount == 1
