"""The import job: does for an import what it waits for, in a process that need not be the console's.

How far it is stands in the store. What is killed is gone on with by the next one, for whoever has an import in hand
is heard of each second, and writes nothing more once another has it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bot.importing.difference import found_by
from bot.importing.errors import UnreadableFile
from bot.importing.folder import UploadFolder
from bot.importing.intake import Import, OtherDifference, Report
from bot.importing.lists import Office
from bot.importing.progress import Advance
from bot.importing.recognising import Recognised, recognise
from bot.importing.refused import write_masked
from bot.importing.rolls import LISTS
from bot.importing.undo_record import Overtaken
from bot.importing.undoing import undo
from bot.store import Store
from bot.store.repositories.imports import Claimed
from programme.model.imports import MOST_TRIES, ImportState

log = logging.getLogger(__name__)

BEAT: Final = 1.0
"""Seconds between two signs of life."""

_COUNTS: Final = ("changes", "kept", "undone", "left")

GONE, OTHER_FILE, OTHER_DIFFERENCE, DIED = "file gone", "other file", "other difference", "died"
"""Why an import ended, beside sentences about the file; the pages have words for these."""


class FileGone(Exception):
    """The file is not there any more, or is not the one that was looked at; the word says which."""


@dataclass(slots=True)
class _Stage:
    """How far the work is, for the store to be told now and then."""

    doing: str = ""
    done: int = 0
    total: int = 0

    @contextmanager
    def stage(self, doing: str, total: int) -> Iterator[Advance]:
        """Begin a stage."""
        self.doing, self.done, self.total = doing.partition(" ")[0], 0, total
        yield self._advance

    def _advance(self, more: int) -> None:
        self.done += more


@dataclass(slots=True)
class ImportJob:
    """Works at one import at a time. `office` gives the office of whoever it is done for."""

    store: Store
    folder: UploadFolder
    office: Callable[[str], Office]
    _stage: _Stage = field(default_factory=_Stage)

    async def work(self, claimed: Claimed) -> None:
        """Do what an import waits for, and say what came of it. Raises whatever the store raises."""
        self._stage = _Stage()
        try:
            async with asyncio.TaskGroup() as both:
                alive = both.create_task(self._be_heard(claimed))
                try:
                    await self._do(claimed)
                finally:
                    alive.cancel()
        except* Overtaken:
            log.info("import %d is in other hands", claimed.found.id)

    async def _be_heard(self, claimed: Claimed) -> None:
        while True:
            await asyncio.sleep(BEAT)
            async with self.store.writing() as tx:
                stage = self._stage
                if not await tx.imports.beat(claimed, stage.doing, stage.done, stage.total):
                    return

    async def _do(self, claimed: Claimed) -> None:
        if claimed.tries > MOST_TRIES:
            await self._give_up(claimed, DIED)
            return
        try:
            await self._steps()[claimed.found.state](claimed)
        except (FileGone, UnreadableFile) as error:
            await self._give_up(claimed, str(error))

    def _steps(self) -> dict[ImportState, Callable[[Claimed], Any]]:
        return {
            ImportState.RECOGNISING: self._recognise,
            ImportState.COMPARING: self._compare,
            ImportState.KEEPING: self._keep,
            ImportState.UNDOING: self._undo,
        }

    async def _recognise(self, claimed: Claimed) -> None:
        one = claimed.found
        digest = await self._digest(claimed)
        found = await asyncio.to_thread(recognise, self.folder.file(one), LISTS[one.list].columns)
        await self._settle(claimed, ImportState.COLUMNS, digest=digest, columns=found.to_document())

    async def _compare(self, claimed: Claimed) -> None:
        report = await self._take(claimed, dry_run=True)
        await self._compared(claimed, report, None)

    async def _compared(self, claimed: Claimed, report: Report, reason: str | None) -> None:
        counts = {"changes": report.changes.new + report.changes.changed, "verdict": report.verdict}
        values: dict[str, Any] = {**counts, "found": found_by(report), "reason": reason, "approver": None}
        await self._settle(claimed, ImportState.COMPARED, act="import.compared", **values)

    async def _keep(self, claimed: Claimed) -> None:
        report = Report()
        try:
            await self._take(claimed, report, dry_run=False)
        except OtherDifference:
            await self._compared(claimed, report, OTHER_DIFFERENCE)
            return
        await self._settle(claimed, ImportState.KEPT, ended=True)
        self.folder.drop(claimed.found)

    async def _undo(self, claimed: Claimed) -> None:
        one = claimed.found
        with self._stage.stage("undoing", one.kept - one.undone - one.left) as advance:
            await undo(LISTS[one.list], self.store, self.office(one.author), claimed, advance)
        await self._settle(claimed, ImportState.UNDONE, act="import.undone")

    async def _take(self, claimed: Claimed, report: Report | None = None, *, dry_run: bool) -> Report:
        one = claimed.found
        if await self._digest(claimed) != one.digest:
            raise FileGone(OTHER_FILE)
        assert one.columns is not None  # noqa: S101 - confirmed before
        bringing = Import(
            self.store,
            self.office(one.approver or one.author),
            self._stage,
            Recognised.from_document(one.columns).chosen.find,
            write_masked,
            claimed,
        )
        roll, file = LISTS[one.list], self.folder.file(one)
        return await bringing.take(roll, file, report or Report(), dry_run=dry_run, sure=True)

    async def _digest(self, claimed: Claimed) -> str:
        try:
            return await asyncio.to_thread(self.folder.digest, claimed.found)
        except FileNotFoundError:
            raise FileGone(GONE) from None

    async def _give_up(self, claimed: Claimed, reason: str) -> None:
        """End what can't be gone on with; what was kept of it can be undone."""
        changed = claimed.found.state in {ImportState.KEEPING, ImportState.UNDOING}
        state = ImportState.STOPPED if changed else ImportState.FAILED
        await self._settle(claimed, state, act="import.failed", ended=True, reason=reason)

    async def _settle(
        self, claimed: Claimed, state: ImportState, *, act: str | None = None, ended: bool = False, **values: Any
    ) -> None:
        number = claimed.found.id
        async with self.store.writing() as tx:
            more = {"ended_at": tx.now} if ended else {}
            if not await tx.imports.settle(claimed, state, **more, **values):
                raise Overtaken(str(number))
            one = await tx.imports.get(number)
            if act is not None and one is not None:
                counts = {name: count for name in _COUNTS if (count := getattr(one, name))}
                await tx.staff.record(one.author, act, f"import/{number}", **counts)
