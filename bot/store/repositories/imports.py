"""Imports: where each stands, who works at it, and what it changed, for as long as it can be undone."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Update, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.repositories.repository import Repository, reader
from bot.store.schema.imports import import_people, import_portions, imports
from programme.model.imports import WORKED_AT, ImportState, ListImport

SILENT: Final = timedelta(seconds=30)
"""Whoever works at an import is heard of each second; after so long a silence another goes on with it."""

_i, _l, _p = imports.c, import_portions.c, import_people.c
_read = reader(ListImport)
_BEGUN: Final = {"version": 0, "changes": 0, "kept": 0, "undone": 0, "left": 0, "done": 0, "total": 0, "tries": 0}
_NOBODY: Final = {"lease": None, "beat_at": None, "stage": None, "done": 0, "total": 0, "tries": 0}


@dataclass(frozen=True, slots=True)
class Claimed:
    """Work at an import that one process has in hand; without the lease nothing of it is written down any more."""

    found: ListImport
    lease: str
    tries: int


@dataclass(frozen=True, slots=True)
class Portion:
    """What one transaction of an import changed: lines as a document, and people by their number."""

    number: int
    content: str
    people: dict[int, Any]


class Imports(Repository):
    """Repository of imports."""

    async def begin(
        self, what: str, file: str, author: str, state: ImportState, *, size: int = 0, **more: object
    ) -> int:
        """Write down that a list was brought; return the import's number."""
        at = {"created_at": self.now, "changed_at": self.now}
        values = {"list": what, "file": file, "author": author, "state": state, "size": size, **at, **_BEGUN, **more}
        made = await self._connection.execute(insert(imports).values(values).returning(_i.id))
        return int(made.scalar_one())

    async def get(self, number: int) -> ListImport | None:
        """Return one import."""
        return await self._one(select(imports).where(_i.id == number), _read)

    async def recent(self, limit: int, *, before: int | None = None) -> list[ListImport]:
        """Return the latest imports, newest first; those older than number `before`, if it is given."""
        chosen = select(imports).order_by(_i.id.desc()).limit(limit)
        return await self._all(chosen if before is None else chosen.where(_i.id < before), _read)

    async def last_kept(self, what: str) -> ListImport | None:
        """Return the last import of a kind of which anything was kept, or was about to be."""
        changing = _i.state.in_((ImportState.KEEPING, ImportState.KEPT, ImportState.STOPPED))
        chosen = select(imports).where(_i.list == what, changing).order_by(_i.id.desc()).limit(1)
        return await self._one(chosen, _read)

    async def open_uploads(self, author: str) -> int:
        """Count the files that somebody began to send and that are not there yet."""
        mine = (_i.author == author) & (_i.state == ImportState.UPLOADING)
        return int((await self._connection.execute(select(func.count()).where(mine))).scalar_one())

    async def stale(self, before: datetime, limit: int) -> list[ListImport]:
        """Return imports that nobody went on with since then, and that changed nothing."""
        chosen = select(imports).where(_i.state.in_(_UNDECIDED), _i.changed_at < before).limit(limit)
        return await self._all(chosen, _read)

    async def with_files(self, since: datetime) -> set[int]:
        """Return the numbers of the imports whose files are still needed."""
        needed = _i.state.in_(_NEEDED) | (_i.changed_at >= since)
        return set((await self._connection.execute(select(_i.id).where(needed))).scalars())

    async def version(self) -> tuple[object, ...]:
        """Return figures that differ as soon as any import came further."""
        newest = select(_i.id, _i.version, _i.done, _i.kept, _i.undone).order_by(_i.changed_at.desc()).limit(5)
        return tuple(tuple(row) for row in await self._connection.execute(newest))

    async def move(
        self, number: int, state: ImportState, *, since: Collection[ImportState], version: int, **values: object
    ) -> bool:
        """Bring an import into another state by somebody's word; False where it is not as it was looked at."""
        this = _moved(state, self.now, values).where(_i.id == number, _i.state.in_(since), _i.version == version)
        return (await self._connection.execute(this)).rowcount == 1

    async def grow(self, number: int, size: int, before: int) -> bool:
        """Note that a file that is being sent has grown; False where it is not as long as was thought."""
        this = update(imports).where(_i.id == number, _i.state == ImportState.UPLOADING, _i.size == before)
        return (await self._connection.execute(this.values(size=size, changed_at=self.now))).rowcount == 1

    async def claim(self, number: int | None = None) -> Claimed | None:
        """Take the next work in hand, at import `number` alone if it is given; None where there is none to be had."""
        free = _i.lease.is_(None) | (_i.beat_at < self.now - SILENT)
        if number is not None:
            free &= _i.id == number
        next_one = select(_i.id).where(_i.state.in_(WORKED_AT), free).order_by(_i.changed_at, _i.id).limit(1)
        if self._connection.dialect.name != "sqlite":
            next_one = next_one.with_for_update(skip_locked=True)
        lease = secrets.token_urlsafe(12)
        this = update(imports).where(_i.id.in_(next_one.scalar_subquery())).returning(imports)
        row = (
            await self._connection.execute(this.values(lease=lease, beat_at=self.now, tries=_i.tries + 1))
        ).one_or_none()
        return None if row is None else Claimed(_read(row), lease, row.tries)

    async def claimed(self, number: int, lease: str) -> Claimed | None:
        """Return work that is in hand under this lease; None where another has it."""
        row = (await self._connection.execute(select(imports).where(*_in_hand(number, lease)))).one_or_none()
        return None if row is None else Claimed(_read(row), lease, row.tries)

    async def beat(self, claimed: Claimed, stage: str, done: int, total: int) -> bool:
        """Say that the work goes on, and how far it is; False where another has it."""
        this = update(imports).where(*_held(claimed))
        values = {"beat_at": self.now, "stage": stage, "done": done, "total": total}
        return (await self._connection.execute(this.values(values))).rowcount == 1

    async def release(self, claimed: Claimed, *, counts: bool = True) -> None:
        """Let go of work that ended without coming to its end; what was not its fault does not count as a try."""
        tries = _i.tries if counts else _i.tries - 1
        await self._connection.execute(
            update(imports).where(*_held(claimed)).values(lease=None, beat_at=None, tries=tries)
        )

    async def settle(self, claimed: Claimed, state: ImportState, **values: object) -> bool:
        """Bring an import into another state because its work is done; False where another has it."""
        this = _moved(state, self.now, values).where(*_held(claimed))
        return (await self._connection.execute(this)).rowcount == 1

    async def count(self, claimed: Claimed, *, kept: int = 0, undone: int = 0, left: int = 0) -> bool:
        """Count what this transaction changed, and that the work came further; False where another has it."""
        more = {"kept": _i.kept + kept, "undone": _i.undone + undone, "left": _i.left + left}
        this = update(imports).where(*_held(claimed))
        return (await self._connection.execute(this.values(beat_at=self.now, tries=0, **more))).rowcount == 1

    async def next_portion(self, number: int) -> int:
        """Return the number under which the next portion is kept."""
        last = await self._connection.execute(select(func.max(_l.portion)).where(_l["import"] == number))
        return (last.scalar() or 0) + 1

    async def keep_portion(self, number: int, portion: Portion) -> None:
        """Keep what was changed, so that it can be put back."""
        key = {"import": number, "portion": portion.number}
        await self._connection.execute(insert(import_portions).values({**key, "content": portion.content}))
        if portion.people:
            rows = [{**key, "participant": one, "content": told} for one, told in portion.people.items()]
            await self._connection.execute(insert(import_people), rows)

    async def last_portion(self, number: int) -> Portion | None:
        """Return what was changed last and was not put back."""
        chosen = select(import_portions).where(_l["import"] == number).order_by(_l.portion.desc()).limit(1)
        row = (await self._connection.execute(chosen)).one_or_none()
        if row is None:
            return None
        theirs = (_p["import"] == number) & (_p.portion == row.portion)
        rows = await self._connection.execute(select(_p.participant, _p.content).where(theirs))
        return Portion(row.portion, row.content, {one.participant: one.content for one in rows})

    async def drop_portion(self, number: int, portion: int) -> None:
        """Drop what was put back."""
        for table in (import_people, import_portions):
            await self._connection.execute(delete(table).where(table.c["import"] == number, table.c.portion == portion))

    async def prune(self, before: datetime, few: int) -> int:
        """Drop the next `few` portions of imports that ended before then, which can't be put back; return how many."""
        over = (_i.state != ImportState.UNDOING) & (_i.ended_at < before)
        old = select(_l["import"], _l.portion).where(exists().where(_i.id == _l["import"], over)).limit(few)
        rows = [tuple(row) for row in await self._connection.execute(old)]
        for number, portion in rows:
            await self.drop_portion(number, portion)
        return len(rows)


_UNDECIDED: Final = (
    ImportState.UPLOADING,
    ImportState.COLUMNS,
    ImportState.COMPARED,
    ImportState.ORDERED,
)
_NEEDED: Final = (*_UNDECIDED, ImportState.RECOGNISING, ImportState.COMPARING, ImportState.KEEPING)


def _held(claimed: Claimed) -> tuple[Any, ...]:
    return _in_hand(claimed.found.id, claimed.lease)


def _in_hand(number: int, lease: str) -> tuple[Any, ...]:
    return (_i.id == number, _i.lease == lease, _i.state.in_(WORKED_AT))


def _moved(state: ImportState, now: datetime, values: dict[str, object]) -> Update:
    changed: dict[str, object] = {"state": state, "version": _i.version + 1, "changed_at": now, **_NOBODY, **values}
    return update(imports).values(changed)


async def erase_numbers(connection: AsyncConnection, hashes: Sequence[str]) -> None:
    """Take hashes of numbers out of what imports changed: it is put back for nobody who was deleted."""
    for one in hashes:
        found = func.instr(_l.content, one) if connection.dialect.name == "sqlite" else func.strpos(_l.content, one)
        this = update(import_portions).where(found > 0)
        await connection.execute(this.values(content=func.replace(_l.content, one, "")))
