"""Import orders: a list is brought, its columns confirmed, its difference looked at, ordered, and approved by another.

Each step is refused where the import is no longer as it was when it was looked at, and stands in the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.importing.folder import LARGEST, TAKEN, file_name
from bot.importing.recognising import Recognised, confirmed
from bot.importing.rolls import LISTS
from bot.store import UnitOfWork
from programme.model.imports import UNKEPT, ChangedSince, ImportRefused, ImportState, ListImport, OwnImport, TooLate

MOST_OPEN: Final = 3
"""Files that one person may be sending at the same time."""


class WrongFile(ImportRefused):
    """The file is too large, or of a sort that is not taken, or too many are under way."""


class NotAuthor(ImportRefused):
    """Only who brought a list goes on with it."""


class ImportOrders:
    """Where lists are ordered. Who somebody is, and what their role lets them do, was asked before."""

    async def bring(self, tx: UnitOfWork, who: str, what: str, name: str, size: int) -> ListImport:
        """Begin to take a file; what it will be. Raises WrongFile."""
        name = file_name(name)
        if what not in LISTS or not name.casefold().endswith(TAKEN) or not 0 < size <= LARGEST:
            raise WrongFile(name)
        if await tx.imports.open_uploads(who) >= MOST_OPEN:
            raise WrongFile(name)
        number = await tx.imports.begin(what, name, who, ImportState.UPLOADING, total=size)
        await tx.staff.record(who, "import.brought", f"import/{number}", list=what, file=name, bytes=size)
        return await known(tx, number)

    def check_piece(self, who: str, one: ListImport, at: int, size: int) -> None:
        """See that a piece of a file goes on from what is here, and comes from whoever began it.

        Raises NotAuthor, and ChangedSince: `ListImport.size` tells from where to go on.
        """
        if one.author != who:
            raise NotAuthor
        if one.state is not ImportState.UPLOADING or at != one.size or not 0 < size <= one.total - at:
            raise ChangedSince

    async def add(self, tx: UnitOfWork, number: int, at: int, size: int) -> ListImport:
        """Count a piece that lies in the folder; the last one has the file looked at. Raises ChangedSince."""
        if not await tx.imports.grow(number, at + size, at):
            raise ChangedSince
        one = await known(tx, number)
        if one.size == one.total:
            await _move(tx, one, ImportState.RECOGNISING)
        return await known(tx, number)

    async def confirm(self, tx: UnitOfWork, who: str, looked: ListImport, places: Mapping[str, int]) -> None:
        """Say which column is read from where. Raises ImportRefused."""
        if who != looked.author:
            raise NotAuthor
        if looked.columns is None:
            raise ChangedSince
        chosen = confirmed(Recognised.from_document(looked.columns), places, LISTS[looked.list].columns)
        await _move(tx, looked, ImportState.COMPARING, columns=chosen.to_document())
        await tx.staff.record(who, "import.columns", f"import/{looked.id}", **chosen.places)

    async def order(self, tx: UnitOfWork, who: str, looked: ListImport) -> None:
        """Ask for a second person. Raises ImportRefused."""
        if who != looked.author:
            raise NotAuthor
        await _move(tx, looked, ImportState.ORDERED, reason=None)
        await tx.staff.record(who, "import.ordered", f"import/{looked.id}", changes=looked.changes)

    async def approve(self, tx: UnitOfWork, who: str, looked: ListImport) -> None:
        """Let it be kept, as somebody else than who brought it, for the file and the difference that they looked at.

        Raises ImportRefused.
        """
        if who == looked.author:
            raise OwnImport
        await _move(tx, looked, ImportState.KEEPING, approver=who)
        await tx.staff.record(
            who,
            "import.approved",
            f"import/{looked.id}",
            by=looked.author,
            sha256=looked.digest,
            changes=looked.changes,
        )

    async def drop(self, tx: UnitOfWork, who: str, looked: ListImport) -> None:
        """Have nothing done with a list. Raises ImportRefused."""
        await _move(tx, looked, ImportState.DROPPED, ended_at=tx.now)
        await tx.staff.record(who, "import.dropped", f"import/{looked.id}")

    async def stop(self, tx: UnitOfWork, who: str, looked: ListImport) -> None:
        """Stop an import in the middle; what was kept stays until it is undone. Raises ImportRefused."""
        await _move(tx, looked, ImportState.STOPPED, ended_at=tx.now)
        await tx.staff.record(who, "import.stop", f"import/{looked.id}", kept=looked.kept)

    async def go_on(self, tx: UnitOfWork, who: str, looked: ListImport) -> None:
        """Go on with an approved import that stopped in the middle. Raises ImportRefused."""
        if looked.approver is None:
            raise ChangedSince
        await _move(tx, looked, ImportState.KEEPING)
        await tx.staff.record(who, "import.resumed", f"import/{looked.id}", kept=looked.kept)

    async def undo(self, tx: UnitOfWork, who: str, looked: ListImport) -> None:
        """Take back what an import changed. Raises ImportRefused."""
        if not looked.can_be_undone(tx.now):
            raise TooLate
        await _move(tx, looked, ImportState.UNDOING)
        await tx.staff.record(who, "import.undo", f"import/{looked.id}", kept=looked.kept)


_SINCE: Final[Mapping[ImportState, frozenset[ImportState]]] = {
    ImportState.RECOGNISING: frozenset({ImportState.UPLOADING}),
    ImportState.COMPARING: frozenset({ImportState.COLUMNS, ImportState.COMPARED}),
    ImportState.ORDERED: frozenset({ImportState.COMPARED}),
    ImportState.KEEPING: frozenset({ImportState.ORDERED, ImportState.STOPPED}),
    ImportState.STOPPED: frozenset({ImportState.KEEPING}),
    ImportState.UNDOING: frozenset({ImportState.KEPT, ImportState.STOPPED}),
    ImportState.DROPPED: UNKEPT,
}


async def known(tx: UnitOfWork, number: int) -> ListImport:
    """Return an import. Raises ChangedSince where there is none."""
    found = await tx.imports.get(number)
    if found is None:
        raise ChangedSince
    return found


async def _move(tx: UnitOfWork, looked: ListImport, state: ImportState, **values: object) -> None:
    if looked.state not in _SINCE[state]:
        raise ChangedSince
    if not await tx.imports.move(looked.id, state, since=_SINCE[state], version=looked.version, **values):
        raise ChangedSince
