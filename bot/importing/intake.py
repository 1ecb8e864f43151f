"""Takes a list in: reads all of it, compares it with what is known, and only then changes anything.

Whatever ends an import before its last stage leaves nothing behind. The last stage keeps the changes a portion at
a time, so that a bot that runs beside never waits long; what ends it in between is told with how far it came, and
the same import again does the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from rich.console import Console

from bot.importing.applying import Applied, apply, cut_off
from bot.importing.changes import Changes
from bot.importing.comparing import Comparison, Known
from bot.importing.days import DayOrder
from bot.importing.lists import Office, Roll
from bot.importing.progress import Teller
from bot.importing.reading import Bad, RowReader
from bot.importing.refused import write_refused
from bot.importing.sheets import Sheet, open_sheet
from bot.importing.stage import StagingFile, Told, former_of
from bot.store import Store

SHOWN = 50
"""So many bad rows are told one by one; all of them lie in the file beside the list."""

_BATCH = 2_000


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
class Import:
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
        if self.store is not None:
            async with self.store.reading() as tx:
                report.notes += filter(None, [await cut_off(roll.columns[0].roll, tx)])
        with closing(StagingFile()) as stage:
            await self._read(roll, sheet, stage, report.changes)
            if sheet.order is not DayOrder.DAY_FIRST:  # which only the whole of it could tell
                stage.clear()
                await self._read(roll, sheet, stage, report.changes)
            await self._compare(roll, stage, report.changes)
            report.bad = list(islice(stage.refused(), SHOWN))
            report.refused = write_refused(sheet, stage.refused()) if report.bad else None
            report.doubts = list(report.changes.doubts())
            if self.store is not None and not dry_run and (sure or not report.doubts):
                report.applied.begin(roll.columns[0].roll, file.name, report.changes)
                with self.teller.stage("keeping", report.applied.of) as advance:
                    await apply(roll, stage.changes(), self.store, self.office, applied=report.applied, advance=advance)
        return report

    async def _read(self, roll: Roll, sheet: Sheet, stage: StagingFile, changes: Changes) -> None:
        """Put every row that can be read on the stage, and what is wrong with the others. Raises UnreadableFile."""
        reader, lines, row = RowReader(roll, sheet, self.office, stage), sheet.below(), sheet.heading.row + 1
        changes.bad = 0
        with self.teller.stage(f"reading {sheet.path.name}", sheet.count) as advance:
            while some := list(islice(lines, _BATCH)):
                bad: Bad = []
                stage.add(reader.read(row, some, bad))
                stage.refuse(bad)
                changes.bad += len(bad)
                row += len(some)
                advance(len(some))
                await asyncio.sleep(0)  # an interrupt is heard here
        changes.fractions = reader.fractions
        sheet.settle(reader.evidence)

    async def _compare(self, roll: Roll, stage: StagingFile, changes: Changes) -> None:
        """Find out which lines are new or different, and put them on the stage once more, in order."""
        comparison = Comparison(roll, self.office, stage, changes)
        with self.teller.stage("comparing", changes.bad + stage.count) as advance:
            for rows in stage.by_key():
                agreed = comparison.agreed(rows)
                comparison.compare(agreed, await self._known(roll, agreed))
                advance(len(rows))
                await asyncio.sleep(0)

    async def _known(self, roll: Roll, agreed: Sequence[Told]) -> Known:
        """Return what is known, by the keys under which it lies."""
        if self.store is None or not agreed:
            return {}
        asked = [row[0] for row in agreed]
        asked += [former for row in agreed if row[4] for former in former_of(row[4])]
        async with self.store.reading() as tx:
            found = await roll.lines(tx).find(asked)
        if roll.keys > 1:
            return {line[:2]: line[1:] for line in found}
        return {(line[0], None): line[1:] for line in found}
