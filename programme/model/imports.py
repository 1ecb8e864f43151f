"""An import of a list: where it stands, who ordered and who approved it, what it found, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from programme.model.staff import Role

UNDONE_WITHIN: Final = timedelta(days=1)
"""How long an import can be taken back as a whole, and its file and its bad rows are kept."""

MAY_IMPORT: Final = Role.SUPERVISOR
"""Who may bring lists, and approve those of others."""

MOST_TRIES: Final = 3
"""So many times a piece of work is begun that ended without a word, as one that was killed does."""


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADING = "uploading"
    RECOGNISING = "recognising"
    COLUMNS = "columns"
    COMPARING = "comparing"
    COMPARED = "compared"
    ORDERED = "ordered"
    KEEPING = "keeping"
    KEPT = "kept"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"
    FAILED = "failed"

    @property
    def works(self) -> bool:
        """Whether a job has something to do for it."""
        return self in WORKED_AT


WORKED_AT: Final = frozenset({ImportState.RECOGNISING, ImportState.COMPARING, ImportState.KEEPING, ImportState.UNDOING})
UNKEPT: Final = frozenset(
    {
        ImportState.UPLOADING,
        ImportState.RECOGNISING,
        ImportState.COLUMNS,
        ImportState.COMPARING,
        ImportState.COMPARED,
        ImportState.ORDERED,
    }
)
"""States in which nothing was changed yet: such an import can be dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImport:
    """One import. Moments are UTC; `version` grows with each change of state.

    `digest` is that of the file. `columns` tells what is read from where, `found` the difference that the list would
    make; `verdict` is the digest of exactly that difference. `kept` of `changes` are kept, `undone` of them were put
    back, and `left` could not be. `done` of `total` rows are through the `stage` that is under way.
    """

    id: int
    list: str
    state: ImportState
    version: int
    file: str
    size: int
    digest: str | None
    author: str
    approver: str | None
    created_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    columns: Mapping[str, Any] | None
    found: Mapping[str, Any] | None
    verdict: str | None
    changes: int
    kept: int
    undone: int
    left: int
    stage: str | None
    done: int
    total: int
    reason: str | None

    def can_be_undone(self, now: datetime) -> bool:
        """Tell whether what it changed can be put back at this moment."""
        over = self.state in {ImportState.KEPT, ImportState.STOPPED} and self.kept > 0
        return over and self.ended_at is not None and now < self.ended_at + UNDONE_WITHIN


class ImportRefused(Exception):
    """Somebody may not do this with an import, or not now; nothing was changed. The message is for the terminal."""


class ChangedSince(ImportRefused):
    """It is not as it was when it was looked at."""

    def __init__(self) -> None:
        super().__init__("there is no such import, or it has gone on meanwhile: sobat import list")


class OwnImport(ImportRefused):
    """Who ordered an import does not approve it."""

    def __init__(self) -> None:
        super().__init__("who brought a list does not approve it")


class TooLate(ImportRefused):
    """What it changed can't be put back any more."""

    def __init__(self) -> None:
        super().__init__("nothing of it can be undone: it changed nothing, ended more than a day ago, or still runs")
