"""What people said that was not understood, counted by its words, and gone with the last person who said it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository, reader
from bot.store.schema.people import participants
from bot.store.schema.programme import missed_by, misses


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that were not understood: how often, when last, the engine's guess, a person's label."""

    id: int
    text: str
    times: int
    last_at: datetime
    guess: str | None = None
    confidence: float | None = None
    intent: str | None = None


def folded(text: str) -> str:
    """Return `text` as it is compared: its case and spaces don't count."""
    return " ".join(text.casefold().split())


class Misses(Repository):
    """Repository of what was not understood."""

    async def add(self, text: str, guess: str | None, confidence: float | None, *, by: int | None = None) -> None:
        """Count words that were not understood. They must be free of numbers and passwords already.

        Who said them is kept so that the words go with the last person who did; nobody is shown it.
        """
        insert = insert_into(self._connection, misses).values(
            folded=folded(text),
            text=text,
            guess=guess,
            confidence=confidence,
            times=1,
            last_at=self.now,
        )
        latest = {name: insert.excluded[name] for name in ("text", "guess", "confidence", "last_at")}
        counted = insert.on_conflict_do_update(
            index_elements=[misses.c.folded], set_={**latest, "times": misses.c.times + 1}
        )
        miss = (await self._connection.execute(counted.returning(misses.c.id))).scalar_one()
        if by is not None:
            said = insert_into(self._connection, missed_by).values(miss=miss, participant=by)
            await self._connection.execute(said.on_conflict_do_nothing())

    async def grouped(self, limit: int) -> list[Miss]:
        """Return what still has no label, the commonest first."""
        waiting = select(misses).where(misses.c.intent.is_(None)).limit(limit)
        return await self._found(waiting.order_by(misses.c.times.desc(), misses.c.last_at.desc(), misses.c.id))

    async def labelled(self) -> list[Miss]:
        """Return what a person found an intent in, the oldest first."""
        return await self._found(select(misses).where(misses.c.intent.is_not(None)).order_by(misses.c.id))

    async def label(self, miss: int, intent: str, who: str | None = None) -> bool:
        """Note which intent a person found in the words; False where there are none of this number."""
        values = {"intent": intent, "labelled_by": who, "labelled_at": self.now}
        noted = await self._connection.execute(update(misses).where(misses.c.id == miss).values(values))
        return bool(noted.rowcount)

    async def label_all(self, ids: Collection[int], intent: str, who: str) -> int:
        """Note the same for several that have no label yet; return how many those were."""
        waiting = update(misses).where(misses.c.id.in_(sorted(ids)), misses.c.intent.is_(None))
        values = {"intent": intent, "labelled_by": who, "labelled_at": self.now}
        return (await self._connection.execute(waiting.values(values))).rowcount

    async def unlabel(self, intent: str) -> int:
        """Take a label back from all that have it; return how many those were."""
        labelled = update(misses).where(misses.c.intent == intent)
        values = {"intent": None, "labelled_by": None, "labelled_at": None}
        return (await self._connection.execute(labelled.values(values))).rowcount

    async def names(self, ids: Collection[int]) -> dict[int, set[str]]:
        """Return what those are called who said each of these, so that it can be masked."""
        said = select(missed_by.c.miss, participants.c.name).join(
            participants, participants.c.id == missed_by.c.participant
        )
        found: dict[int, set[str]] = {}
        for row in await self._connection.execute(said.where(missed_by.c.miss.in_(sorted(ids)))):
            found.setdefault(row.miss, set()).update(filter(None, [row.name]))
        return found

    async def _found(self, chosen: Select[Any]) -> list[Miss]:
        return await self._all(chosen, reader(Miss))
