"""Keeps the changes of a list, a portion at a time, with what undoes them, and puts what was done into the records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.importing.changes import Changes
from bot.importing.lists import Office, Roll, Stated
from bot.importing.undo_record import Change, UndoRecord, write
from bot.store import Line, Store, UnitOfWork
from bot.store.repositories.staff import AuditEntry
from programme.model.imports import ImportState
from programme.model.zones import Zone

_LOOKED_UP = 10_000  # lines of which it is looked up at once whether somebody stands behind them
_FIRST, _LEAST, _MOST = 200, 50, 2_000  # lines of a portion
_FOLLOWED = 4  # lines of a portion behind which somebody stands, whose reminders are planned anew

_HELD = 0.008
"""Seconds that a portion may hold the database's writer."""

_PAUSE = 0.004
"""Seconds between two portions. A bot beside looks every millisecond whether the writer is free
(`bot.store.engine.sqlite`): it does so several times in each pause, in which the next portion is made ready."""

BEGUN, DONE, STOPPED = "import.begun", "import.done", "import.stopped"


@dataclass(slots=True)
class Applied:
    """How many of the changes are kept, and what the records tell of them, under the import's `number`."""

    done: int = 0
    of: int = 0
    number: int = 0
    file: str = ""
    kind: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    def begin(self, kind: str, file: str, changes: Changes) -> None:
        """Note what is about to be kept, of which kind of list."""
        self.kind, self.file, self.told = kind, file, changes.document()
        self.of = changes.new + changes.changed


async def apply(
    roll: Roll,
    lines: Iterator[Stated],
    store: Store,
    office: Office,
    record: UndoRecord,
    *,
    applied: Applied,
    advance: Callable[[int], None],
) -> None:
    """Keep what changed. Before and after it, the records say who brought which list, and what it did."""
    await _record(store, office, BEGUN, applied)
    try:
        keeper, size = _Keeper(roll, store, office, record, applied, advance), _FIRST
        while some := list(islice(lines, _LOOKED_UP)):
            linked = await _linked(roll, some, store)
            alone = [said for said in some if not linked.intersection(_names(said))] if linked else some
            for new in (True, False):
                left = [said for said in alone if said.new is new]
                while left:
                    part, left = left[:size], left[size:]
                    held = await keeper.keep(part, new=new)
                    size = _next(size, held) if len(part) == size else size
            behind = [said for said in some if linked.intersection(_names(said))]
            for at in range(0, len(behind), _FOLLOWED):
                await keeper.keep(behind[at : at + _FOLLOWED], new=False)
    except BaseException:
        await asyncio.shield(_record(store, office, STOPPED, applied))
        raise
    await _record(store, office, DONE, applied)


def _names(said: Stated) -> tuple[str, ...]:
    """Return the hashes under which somebody may stand behind a line."""
    return (said.line[0], *said.former)


async def _linked(roll: Roll, some: Sequence[Stated], store: Store) -> set[str]:
    async with store.reading() as tx:
        return await roll.linked([name for said in some for name in _names(said)], tx)


class _KnownMeanwhile(Exception):
    """Somebody else put down some of what was new when it was compared."""


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Keeps portions, and tells how far it is."""

    roll: Roll
    store: Store
    office: Office
    record: UndoRecord
    applied: Applied
    advance: Callable[[int], None]

    async def keep(self, part: Sequence[Stated], *, new: bool) -> float:
        """Keep a portion; return for how many seconds the writer was held.

        What was `new` when it was compared is put down as it is, unless somebody else put down some of it since.
        """
        held = await self._add(part) if new else None
        if held is None:
            held = await self._merge(part)
        self.applied.done += len(part)
        self.advance(len(part))
        await asyncio.sleep(_PAUSE)
        return held

    async def _add(self, part: Sequence[Stated]) -> float | None:
        """Put down a portion of which nothing was known; None, and nothing is kept, where some of it is by now."""
        merged = [self.roll.merged(None, said.line, self.office) for said in part]
        written = write([(None, line) for line in merged])
        since = time.thread_time()  # on a busy machine a smaller portion would not be held for less
        try:
            async with self.store.writing(at_once=True) as tx:  # nothing else waits for this loop
                await self._only_new(merged, tx)
                await self.record.keep(tx, written, {}, len(part))
        except _KnownMeanwhile:
            return None
        return time.thread_time() - since

    async def _only_new(self, merged: Sequence[Line], tx: UnitOfWork) -> None:
        if await self.roll.lines(tx).add(merged) < len(merged):
            raise _KnownMeanwhile

    async def _merge(self, part: Sequence[Stated]) -> float:
        """Put down a portion, merged with what is known at this moment, for the people behind it as well."""
        roll, since = self.roll, time.thread_time()
        async with self.store.writing(at_once=True) as tx:
            lines = roll.lines(tx)
            await roll.renew(part, tx)
            known = {line[: roll.keys]: line for line in await lines.find([said.line[0] for said in part])}
            pairs: list[Change] = []
            for said in part:
                before = known.get(said.line[: roll.keys])
                pairs.append((before, roll.merged(before, said.line, self.office)))
            await lines.put([after for _, after in pairs])
            people = await roll.follow([after for _, after in pairs], tx, self.office)
            changed = [(before, after) for before, after in pairs if before != after]
            await self.record.keep(tx, write(changed) if changed or people else (), people, len(part))
        return time.thread_time() - since


def _next(size: int, held: float) -> int:
    """Return how many lines to keep at once, so that they hold the writer for about as long as they may."""
    return max(_LEAST, min(_MOST, int(size * min(2.0, _HELD / max(held, 0.0001)))))


async def _record(store: Store, office: Office, act: str, applied: Applied) -> None:
    told = {"file": applied.file, "list": applied.kind, **applied.told, "kept": applied.done}
    async with store.writing() as tx:
        await tx.staff.note(AuditEntry(office.now, office.who, act, f"import/{applied.number}", told))


async def cut_off(kind: str, tx: UnitOfWork, *, but: int | None = None) -> str | None:
    """Say of the last import of this kind that it has not ended, as one that was killed has not; else None.

    `but` is the number of an import that is not looked at, since it is this one.
    """
    begun = await tx.imports.last_kept(kind)
    if begun is None or begun.state is not ImportState.KEEPING or begun.id == but:
        return None
    when = begun.created_at.astimezone(Zone.WIB.tz).strftime("%Y-%m-%d %H:%M WIB")
    return (
        f"the last import of this kind ({begun.file}, {when}, {begun.author}) has not ended: it was cut off in the "
        "middle, or still runs. Each of the changes that it kept is whole; the same list again does the rest"
    )
