"""Which column of a file is which: recognised by its heading, shown to whoever brings it, and confirmed by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.importing.columns import Column
from bot.importing.errors import UnreadableFile, masked
from bot.importing.headings import ChosenHeading, find_heading, likely_heading
from bot.importing.sheets import Sheet, open_sheet
from programme.model.imports import ImportRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The heading of a file: its row, its cells, and which of them is read as which column.

    `examples` are the cells of the first row below it, masked; `wrong` says why it was not plain.
    """

    row: int
    cells: tuple[str, ...]
    places: Mapping[str, int]
    examples: tuple[str, ...] = ()
    wrong: str = ""

    def to_document(self) -> dict[str, Any]:
        """Write it down."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Recognised:
        """Read it."""
        return cls(
            row=document["row"],
            cells=tuple(document["cells"]),
            places=document["places"],
            examples=tuple(document["examples"]),
            wrong=document["wrong"],
        )

    @property
    def chosen(self) -> ChosenHeading:
        """Return what finds exactly this heading again."""
        return ChosenHeading(self.row, self.cells, self.places)

    def lacks(self, columns: Sequence[Column]) -> list[str]:
        """Return the columns that must be there and are read from nowhere."""
        return [column.name for column in columns if column.required and column.name not in self.places]


class WrongColumns(ImportRefused):
    """What was said of the columns can't be: one that is needed is missing, or one cell is read twice."""


def recognise(path: Path, columns: Sequence[Column]) -> Recognised:
    """Find the heading of a file, or what looks most like one. Raises UnreadableFile, FileNotFoundError."""
    try:
        return _told(open_sheet(path, columns, find_heading), "")
    except UnreadableFile as plain:
        try:
            return _told(open_sheet(path, columns, likely_heading), str(plain))
        except UnreadableFile:
            raise plain from None


def _told(sheet: Sheet, wrong: str) -> Recognised:
    first = next((line for line in islice(sheet.below(), 20) if any(map(str.strip, line))), [])
    read = set(sheet.heading.places.values())
    examples = tuple(masked(cell) if at in read else "" for at, cell in enumerate(first))
    heading = sheet.heading
    return Recognised(row=heading.row, cells=heading.cells, places=dict(heading.places), examples=examples, wrong=wrong)


def confirmed(found: Recognised, said: Mapping[str, int], columns: Sequence[Column]) -> Recognised:
    """Return the heading with the places that somebody confirmed. Raises WrongColumns."""
    known = {column.name for column in columns}
    places = {name: at for name, at in said.items() if name in known and 0 <= at < len(found.cells)}
    chosen = Recognised(row=found.row, cells=found.cells, places=places)
    if chosen.lacks(columns) or len(set(places.values())) < len(places):
        raise WrongColumns
    return chosen
