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
from secrets import token_urlsafe
from typing import Any

from rich.console import Console

from bot.importing.applying import Applied, apply, cut_off
from bot.importing.changes import Changes
from bot.importing.comparing import Comparison, Known
from bot.importing.days import DayOrder
from bot.importing.headings import Find, find_heading
from bot.importing.lists import Office, Roll
from bot.importing.progress import Stages, Teller
from bot.importing.reading import Bad, RowReader
from bot.importing.refused import Write, write_refused
from bot.importing.sheets import Sheet, open_sheet
from bot.importing.stage import StagingFile, Told, former_of
from bot.importing.undo_record import UndoRecord
from bot.store import Store
from bot.store.repositories.imports import Claimed
from programme.model.imports import ImportRefused, ImportState

SHOWN = 50
"""So many bad rows are told one by one; all of them lie in the file beside the list."""

_BATCH = 2_000


@dataclass(slots=True)
class Report:
    """What an import came to. Row numbers count the first row of the file as 1; `bad` has the first bad rows.

    `verdict` is the digest of exactly the difference that the list makes.
    """

    notes: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    doubts: list[str] = field(default_factory=list)
    bad: Bad = field(default_factory=list)
    refused: Path | None = None
    verdict: str = ""
    applied: Applied = field(default_factory=Applied)

    @property
    def good(self) -> int:
        """How many rows can be kept."""
        return self.changes.good

    @property
    def changed(self) -> int:
        """How many lines were kept that were new or different."""
        return self.applied.done


class OtherDifference(ImportRefused):
    """The list would make another difference than the one that was approved: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Import:
    """Where lists are taken in. `store` None is one that is still empty, and stays so.

    `find` finds the heading, `refuse` writes the bad rows. Who works at an import that was ordered before says so by
    what they have `claimed`; else an import is begun and ended here.
    """

    store: Store | None
    office: Office
    teller: Stages = field(default_factory=lambda: Teller(Console(quiet=True)))
    find: Find = find_heading
    refuse: Write = write_refused
    claimed: Claimed | None = None

    async def take(
        self, roll: Roll, file: Path, report: Report, *, dry_run: bool = False, sure: bool = False
    ) -> Report:
        """Take in the good rows of `file`, unless so much of it looks wrong that somebody has to be `sure`.

        `report` is filled as the work goes on, for whoever interrupts it. Raises UnreadableFile, OtherDifference,
        and whatever the store raises.
        """
        sheet = await asyncio.to_thread(open_sheet, file, roll.columns, self.find)
        report.notes = sheet.notes
        if self.store is not None:
            async with self.store.reading() as tx:
                mine = self.claimed.found.id if self.claimed else None
                report.notes += filter(None, [await cut_off(roll.columns[0].roll, tx, but=mine)])
        with closing(StagingFile()) as stage:
            await self._read(roll, sheet, stage, report.changes)
            if sheet.order is not DayOrder.DAY_FIRST:  # which only the whole of it could tell
                stage.clear()
                await self._read(roll, sheet, stage, report.changes)
            await self._compare(roll, stage, report.changes)
            report.verdict = stage.digest
            report.bad = list(islice(stage.refused(), SHOWN))
            with closing(stage.refused()) as refused:  # before the stage is, should the disk be full
                report.refused = self.refuse(sheet, refused) if report.bad else None
            report.doubts = list(report.changes.doubts())
            if self.store is not None and not dry_run and (sure or not report.doubts):
                report.applied.begin(roll.columns[0].roll, file.name, report.changes)
                await self._keep(roll, stage, self.store, report)
        return report

    async def _keep(self, roll: Roll, stage: StagingFile, store: Store, report: Report) -> None:
        """Keep what is on the stage, under the number of an import."""
        if (claimed := self.claimed) is not None:
            if not claimed.found.kept and report.verdict != claimed.found.verdict:
                raise OtherDifference
            await self._apply(roll, stage, store, report, claimed)
            return
        claimed = await self._begin(store, report)
        try:
            await self._apply(roll, stage, store, report, claimed)
        except BaseException:
            await asyncio.shield(_end(store, claimed, ImportState.STOPPED))
            raise
        await _end(store, claimed, ImportState.KEPT)

    async def _apply(self, roll: Roll, stage: StagingFile, store: Store, report: Report, claimed: Claimed) -> None:
        report.applied.number = claimed.found.id
        record = await UndoRecord.of(store, claimed)
        with self.teller.stage("keeping", report.applied.of) as advance:
            await apply(roll, stage.changes(), store, self.office, record, applied=report.applied, advance=advance)

    async def _begin(self, store: Store, report: Report) -> Claimed:
        """Write down that an import begins that nobody ordered beforehand, and take it in hand."""
        lease, kind, file = token_urlsafe(12), report.applied.kind, report.applied.file
        async with store.writing() as tx:
            held: dict[str, Any] = {"lease": lease, "beat_at": tx.now, "changes": report.applied.of}
            number = await tx.imports.begin(kind, file, self.office.who, ImportState.KEEPING, **held)
            claimed = await tx.imports.claimed(number, lease)
        assert claimed is not None  # noqa: S101 - just written
        return claimed

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


async def _end(store: Store, claimed: Claimed, state: ImportState) -> None:
    async with store.writing() as tx:
        await tx.imports.settle(claimed, state, ended_at=tx.now)
