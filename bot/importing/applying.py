"""Keeps the changes of a list, a portion at a time, and puts what was done into the records."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.importing.changes import Changes
from bot.importing.lists import Office, Roll, Stated
from bot.store import Store, UnitOfWork
from bot.store.repositories.staff import AuditEntry
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
    """How many of the changes are kept, and what the records tell of them."""

    done: int = 0
    of: int = 0
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
    *,
    applied: Applied,
    advance: Callable[[int], None],
) -> None:
    """Keep what changed. Before and after it, the records say who brought which list, and what it did."""
    await _record(store, office, BEGUN, applied)
    try:
        keeper, size = _Keeper(roll, store, office, applied, advance), _FIRST
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


@dataclass(frozen=True, slots=True)
class _Keeper:
    """Keeps portions, and tells how far it is."""

    roll: Roll
    store: Store
    office: Office
    applied: Applied
    advance: Callable[[int], None]

    async def keep(self, part: Sequence[Stated], *, new: bool) -> float:
        """Keep a portion; return for how many seconds the writer was held.

        What was `new` when it was compared is put down as it is, unless somebody else put down some of it since.
        """
        merged = [self.roll.merged(None, said.line, self.office) for said in part] if new else []
        since = time.thread_time()  # on a busy machine a smaller portion would not be held for less
        async with self.store.writing(at_once=True) as tx:  # nothing else waits for this loop
            if not new or await self.roll.lines(tx).add(merged) < len(part):
                await self._merge(part, tx)
        held = time.thread_time() - since
        self.applied.done += len(part)
        self.advance(len(part))
        await asyncio.sleep(_PAUSE)
        return held

    async def _merge(self, part: Sequence[Stated], tx: UnitOfWork) -> None:
        """Put down a portion, merged with what is known at this moment, for the people behind it as well."""
        roll, lines = self.roll, self.roll.lines(tx)
        await roll.renew(part, tx)
        known = {line[: roll.keys]: line for line in await lines.find([said.line[0] for said in part])}
        merged = [roll.merged(known.get(said.line[: roll.keys]), said.line, self.office) for said in part]
        await lines.put(merged)
        await roll.follow(merged, tx, self.office)


def _next(size: int, held: float) -> int:
    """Return how many lines to keep at once, so that they hold the writer for about as long as they may."""
    return max(_LEAST, min(_MOST, int(size * min(2.0, _HELD / max(held, 0.0001)))))


async def _record(store: Store, office: Office, act: str, applied: Applied) -> None:
    async with store.writing() as tx:
        told = {**applied.told, "kept": applied.done}
        if act == BEGUN:
            told["list"] = applied.kind
        # All entries of one import are of one moment, by which `cut_off` knows them.
        await tx.staff.note(AuditEntry(office.now, office.who, act, applied.file, told))


async def cut_off(kind: str, tx: UnitOfWork) -> str | None:
    """Say of the last import of this kind that it has not ended, as one that was killed has not; else None."""
    entries = await tx.staff.records(acts=(BEGUN, DONE, STOPPED))  # newest first
    begun = next((entry for entry in entries if entry.act == BEGUN and entry.details.get("list") == kind), None)
    if begun is None or any(
        (entry.at, entry.who, entry.subject) == (begun.at, begun.who, begun.subject)
        for entry in entries
        if entry.act != BEGUN
    ):
        return None
    when = begun.at.astimezone(Zone.WIB.tz).strftime("%Y-%m-%d %H:%M WIB")
    return (
        f"the last import of this kind ({begun.subject}, {when}, {begun.who}) has not ended: it was cut off in the "
        "middle, or still runs. Each of the changes that it kept is whole; the same list again does the rest"
    )
