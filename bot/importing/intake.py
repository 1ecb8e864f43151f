"""Takes a list in: reads all of it, compares it with what is known, and only then changes anything.

Whatever ends an import before its last stage leaves nothing behind. The last stage keeps the changes a portion at
a time, so that a bot that runs beside never waits long; what ends it in between is told with how far it came, and
the same import again does the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from rich.console import Console

from bot.importing.applying import Applied, apply
from bot.importing.changes import Changes
from bot.importing.errors import BadRow
from bot.importing.lists import Office, Roll, Said
from bot.importing.numbers import was_fraction
from bot.importing.progress import Teller
from bot.importing.refused import write_refused
from bot.importing.sheets import Row, Sheet, open_sheet
from bot.importing.stage import Stage, read, written
from bot.store import Line, Store

SHOWN = 50
"""So many bad rows are told one by one; all of them lie in the file beside the list."""

_BATCH = 5_000
_COMPARED = 2_000
_NUMBERS = ("phone", "wave", "number", "amount")

Bad = list[tuple[int, str]]


@dataclass(slots=True)
class Report:
    """What an import came to. Row numbers count the first row of the file as 1; `bad` has the first bad rows."""

    notes: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    doubts: list[str] = field(default_factory=list)
    bad: Bad = field(default_factory=list)
    refused: Path | None = None
    applied: Applied = field(default_factory=Applied)

    @property
    def good(self) -> int:
        """How many rows can be kept."""
        return self.changes.good

    @property
    def changed(self) -> int:
        """How many lines were kept that were new or different."""
        return self.applied.done


@dataclass(frozen=True, slots=True)
class Intake:
    """Where lists are taken in. `store` None is one that is still empty, and stays so."""

    store: Store | None
    office: Office
    teller: Teller = field(default_factory=lambda: Teller(Console(quiet=True)))

    async def take(
        self, roll: Roll, file: Path, report: Report, *, dry_run: bool = False, sure: bool = False
    ) -> Report:
        """Take in the good rows of `file`, unless so much of it looks wrong that somebody has to be `sure`.

        `report` is filled as the work goes on, for whoever interrupts it. Raises UnreadableFile, and whatever
        the store raises.
        """
        sheet = open_sheet(file, roll.columns)
        report.notes = sheet.notes
        with closing(Stage()) as stage:
            await self._read(roll, sheet, stage, report.changes)
            await self._compare(roll, stage, report.changes)
            report.bad = list(islice(stage.refused(), SHOWN))
            report.refused = write_refused(sheet, stage.refused()) if report.bad else None
            report.doubts = list(report.changes.doubts())
            if self.store is not None and not dry_run and (sure or not report.doubts):
                report.applied.begin(file.name, report.changes)
                with self.teller.stage("keeping", report.applied.of) as advance:
                    await apply(roll, stage.changes(), self.store, self.office, applied=report.applied, advance=advance)
        return report

    async def _read(self, roll: Roll, sheet: Sheet, stage: Stage, changes: Changes) -> None:
        """Put every row that can be read on the stage, and what is wrong with the others."""
        rows, numbers = sheet.rows(), sheet.places(_NUMBERS)
        with self.teller.stage(f"reading {sheet.path.name}", sheet.count) as advance:
            while batch := list(islice(rows, _BATCH)):
                bad: Bad = []
                stage.add(self._said(roll, batch, bad))
                stage.refuse(bad)
                changes.bad += len(bad)
                changes.fractions += _fractions(batch, numbers)
                advance(len(batch))
                await asyncio.sleep(0)  # an interrupt is heard here

    def _said(self, roll: Roll, batch: Sequence[Row], bad: Bad) -> Iterator[tuple[str, int, bytes]]:
        for row in batch:
            try:
                row.check_width()
                said = roll.read(row, self.office)
            except BadRow as wrong:
                bad.append((row.number, str(wrong)))
            else:
                key, *more = said.line[: roll.keys]
                yield (f"{key}/{more[0]}" if more else key, row.number, written(said))

    async def _compare(self, roll: Roll, stage: Stage, changes: Changes) -> None:
        """Find out which lines are new or different, and put them on the stage once more, in order."""
        groups = stage.by_key()
        with self.teller.stage("comparing", changes.bad + stage.count) as advance:
            while batch := list(islice(groups, _COMPARED)):
                bad: Bad = []
                agreed = list(_agreed(batch, bad, changes))
                known = await self._known(roll, agreed)
                stage.change(self._differing(roll, agreed, known, changes=changes, bad=bad))
                stage.refuse(bad)
                changes.bad += len(bad)
                advance(sum(map(len, batch)))
                await asyncio.sleep(0)

    async def _known(self, roll: Roll, agreed: Sequence[tuple[int, Said]]) -> dict[Line, Line]:
        """Return what is known, by the hashes under which it lies."""
        if self.store is None or not agreed:
            return {}
        asked = [number for _, said in agreed for number in (said.line[0], *said.former)]
        async with self.store.reading() as tx:
            found = await roll.lines(tx).find(asked)
        return {line[: roll.keys]: line for line in found}

    def _differing(
        self, roll: Roll, agreed: Sequence[tuple[int, Said]], known: dict[Line, Line], *, changes: Changes, bad: Bad
    ) -> Iterator[bytes]:
        for row, said in agreed:
            before, renewed = _before(said, known, roll.keys)
            try:
                after = roll.merged(before, said.line, self.office)
            except BadRow as wrong:
                bad.append((row, str(wrong)))
                continue
            changes.compare(before, after)
            for effect in roll.effects(before, after, self.office):
                changes.count(effect)
            if before != after or renewed:
                yield written(said)


def _before(said: Said, known: Mapping[Line, Line], keys: int) -> tuple[Line | None, bool]:
    """Return what is known under the hash in use, else under a former one: then it has to be put under the new."""
    own = said.line[:keys]
    if own in known or not said.former:
        return known.get(own), False
    for former in said.former:
        if (found := known.get((former, *own[1:]))) is not None:
            return (said.line[0], *found[1:]), True
    return None, False


def _fractions(batch: Sequence[Row], places: Sequence[int]) -> int:
    return sum(was_fraction(row.line[at]) for at in places for row in batch if at < len(row.line))


def _agreed(batch: Sequence[list[tuple[int, bytes]]], bad: Bad, changes: Changes) -> Iterator[tuple[int, Said]]:
    """Let one line of each key through; where rows contradict each other, none of them is right for certain."""
    for group in batch:
        if len(group) == 1 or len({line for _, line in group}) == 1:
            changes.repeated += len(group) - 1
            yield group[0][0], read(group[0][1])
            continue
        for row, _ in group:
            others = ", ".join(str(other) for other, _ in group[:6] if other != row)
            bad.append((row, f"is about the same as row {others}, and says something else: neither is taken"))
