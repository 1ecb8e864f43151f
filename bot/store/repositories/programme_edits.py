"""What staff changed of the programme's data: proposed, decided, in force; and the version that tells of news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Row, func, insert, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.programme import programme_edits, programme_version
from programme.edits import Edit, EditState, Place, ProposedEdit

_e = programme_edits.c
_VERSION: Final = select(programme_version.c.version)


class ProgrammeEdits(Repository):
    """Repository of edits. None is ever changed but for what was decided on it."""

    async def version(self) -> int:
        """Return how many times what is in force was changed."""
        return int((await self._connection.execute(_VERSION)).scalar() or 0)

    async def pulse(self) -> tuple[int, int, int]:
        """Return three numbers of which one is another whenever anything was proposed or decided."""
        newest = select(func.coalesce(func.max(_e.id), 0)).scalar_subquery()
        waiting = select(func.count()).where(_e.state == EditState.PROPOSED).select_from(programme_edits)
        row = (await self._connection.execute(select(newest, waiting.scalar_subquery()))).one()
        return (*row, await self.version())

    async def hold(self) -> None:
        """Let nobody else decide until this transaction ends, and tell all processes that there is news."""
        first = insert_into(self._connection, programme_version).values(place=1, version=1)
        grown = {"version": programme_version.c.version + 1}
        await self._connection.execute(first.on_conflict_do_update(index_elements=["place"], set_=grown))

    async def in_force(self) -> list[ProposedEdit]:
        """Return the latest approved edit of each place, in the order in which they were proposed."""
        latest = select(func.max(_e.id)).where(_e.state == EditState.APPROVED).group_by(_e.file, _e.row, _e.field)
        return await self._all(select(programme_edits).where(_e.id.in_(latest)).order_by(_e.id), _read)

    async def over(self, place: Place) -> int | None:
        """Return the number of the edit that was approved last for a place, None where there is none."""
        here = (_e.file == place.file) & (_e.row == place.row) & (_e.field == place.field)
        found = await self._connection.execute(select(func.max(_e.id)).where(here, _e.state == EditState.APPROVED))
        number: int | None = found.scalar_one()
        return number

    async def propose(self, edit: Edit, *, before: str | None, over: int | None, who: str) -> int:
        """Keep a proposal; return its number."""
        place = edit.place
        adding = insert(programme_edits).values(
            file=place.file,
            row=place.row,
            field=place.field,
            base=edit.base,
            before=before,
            decided_over=over,
            value=edit.value,
            source=edit.source,
            as_of=edit.as_of,
            state=EditState.PROPOSED,
            proposed_by=who,
            proposed_at=self.now,
            reason="",
        )
        return int((await self._connection.execute(adding.returning(_e.id))).scalar_one())

    async def get(self, number: int) -> ProposedEdit | None:
        """Return one; None where there is none of this number."""
        return await self._one(select(programme_edits).where(_e.id == number), _read)

    async def decide(self, number: int, state: EditState, who: str, reason: str = "") -> bool:
        """Say what becomes of a proposal; tell whether it was still open."""
        decided = (
            update(programme_edits)
            .where(_e.id == number, _e.state == EditState.PROPOSED)
            .values(state=state, decided_by=who, decided_at=self.now, reason=reason)
        )
        return (await self._connection.execute(decided)).rowcount == 1

    async def open(self, most: int, *, file: str = "") -> Sequence[ProposedEdit]:
        """Return what waits for a decision, the oldest first; of one file where it is named."""
        waiting = select(programme_edits).where(_e.state == EditState.PROPOSED).order_by(_e.id).limit(most)
        waiting = waiting.where(_e.file == file) if file else waiting
        return await self._all(waiting, _read)

    async def decided(
        self, most: int, *, before: int | None = None, file: str = "", row: str = ""
    ) -> Sequence[ProposedEdit]:
        """Return what was decided, the newest proposal first: before a number, of one file, of one of its rows."""
        chosen = select(programme_edits).where(_e.state != EditState.PROPOSED).order_by(_e.id.desc()).limit(most)
        if before is not None:
            chosen = chosen.where(_e.id < before)
        for column, wanted in ((_e.file, file), (_e.row, row)):
            if wanted:
                chosen = chosen.where(column == wanted)
        return await self._all(chosen, _read)


def _read(row: Row[Any]) -> ProposedEdit:
    return ProposedEdit(
        id=row.id,
        edit=Edit(
            place=Place(row.file, row.row, row.field),
            base=row.base,
            value=row.value,
            source=row.source,
            as_of=row.as_of,
        ),
        before=row.before,
        over=row.decided_over,
        state=row.state,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )
