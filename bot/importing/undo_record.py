"""The undo record: what an import changed, a portion at a time, narrow enough to be written beside each change.

A portion groups the lines to which the same happened: `[before, after, [subject, ...]]`, where both are what follows
the first value of a line, and `before` is null where there was none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from bot.store import Line, Store, UnitOfWork
from bot.store.repositories.imports import Claimed, Portion
from programme.model.imports import ImportRefused

_AT_ONCE: Final = 500
"""Lines of a portion: so many are put back in one transaction."""

Change = tuple[Line | None, Line]
"""A line before, None where there was none, and after."""


class Overtaken(ImportRefused):
    """Another process has gone on with this import: whatever this one would still write is refused."""


@dataclass(slots=True)
class UndoRecord:
    """Keeps what one import changes, for whoever has it in hand."""

    claimed: Claimed
    _next: int

    @classmethod
    async def of(cls, store: Store, claimed: Claimed) -> UndoRecord:
        """Open the record of an import, which may hold portions from before it was interrupted."""
        async with store.reading() as tx:
            return cls(claimed, await tx.imports.next_portion(claimed.found.id))

    async def keep(self, tx: UnitOfWork, written: Iterable[str], people: dict[int, Any], kept: int) -> None:
        """Keep portions that `write` made, with the people behind them. Raises Overtaken, so that nothing is kept."""
        number = self.claimed.found.id
        for content in written:
            await tx.imports.keep_portion(number, Portion(self._next, content, people))
            self._next, people = self._next + 1, {}
        if not await tx.imports.count(self.claimed, kept=kept):
            raise Overtaken(str(number))


def write(changes: Sequence[Change]) -> list[str]:
    """Write changes as portions; people may be behind an empty one."""
    return [_one(changes[at : at + _AT_ONCE]) for at in range(0, len(changes) or 1, _AT_ONCE)]


def _one(changes: Sequence[Change]) -> str:
    groups: defaultdict[tuple[Line | None, Line], list[str]] = defaultdict(list)
    for before, after in changes:
        groups[before and before[1:], after[1:]].append(after[0])
    return orjson.dumps([(before, after, subjects) for (before, after), subjects in groups.items()]).decode()


def read(content: str) -> list[Change]:
    """Read a portion. Lines of numbers that were deleted meanwhile are left out."""
    return [
        (None if before is None else (subject, *before), (subject, *after))
        for before, after, subjects in orjson.loads(content)
        for subject in subjects
        if subject
    ]
