"""Opens a list, however it was saved, and goes through its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from bot.importing.columns import Column
from bot.importing.days import DayOrder, MixedOrders, OrderEvidence
from bot.importing.errors import BadRow, UnreadableFile
from bot.importing.headings import Find, Heading, find_heading, no_heading
from bot.importing.spreadsheets import ENDINGS, Workbook
from bot.importing.text_files import SEPARATORS, TextFile, open_text
from bot.importing.words import MEANING

_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ABOVE = 30  # rows among which the heading is looked for


@dataclass
class Sheet:
    """A list that was found in a file. `notes` tell how it is read, as far as that was not plain.

    `count` is about how many rows the file has, for whoever is told how far the work is.
    """

    path: Path
    lines: Callable[[], Iterator[list[str]]]
    heading: Heading
    separator: str = ";"
    notes: list[str] = field(default_factory=list)
    order: DayOrder = DayOrder.DAY_FIRST
    count: int = 0

    def below(self) -> Iterator[list[str]]:
        """Go through the rows below the heading. Raises UnreadableFile."""
        return islice(self.lines(), self.heading.row, None)

    def places(self, columns: Sequence[str]) -> list[int]:
        """Return where these columns stand, those that are there."""
        return [self.heading.places[name] for name in columns if name in self.heading.places]

    def settle(self, evidence: OrderEvidence) -> None:
        """Take the order of day and month that all rows together tell. Raises UnreadableFile."""
        try:
            self.order = evidence.decide()
        except MixedOrders as error:
            raise UnreadableFile(f"{self.path.name}: {error}") from None
        if evidence.month_first:
            row, day = evidence.month_first
            self.notes.append(f"days are read month first, as row {row} has {day}")
        elif evidence.undecided:
            self.notes.append("days are read day first, so 09/10/2021 is 9 October: no row tells otherwise")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its number in the file, the first one being row 1."""

    number: int
    line: Sequence[str]
    sheet: Sheet

    def __getitem__(self, column: str) -> str:
        """Return the trimmed text under a heading; empty where there is no such column, or where it says so."""
        at = self.sheet.heading.places.get(column)
        if at is None or at >= len(self.line):
            return ""
        text = self.line[at].strip()
        return "" if MEANING.get(text.casefold()) == "unknown" else text

    def check_width(self) -> None:
        """Raise BadRow where the row has more cells than the heading: its values stand in the wrong columns."""
        width = len(self.sheet.heading.cells)
        if len(self.line) > width and any(map(str.strip, self.line[width:])):
            raise BadRow(f"has {len(self.line)} cells where the heading has {width}: is a comma or a quote too many?")


def open_sheet(path: Path, columns: Sequence[Column], find: Find = find_heading) -> Sheet:
    """Find the list in a file, and its heading by `find`. Raises UnreadableFile and FileNotFoundError."""
    ending = path.suffix.casefold()
    if ending in _TEXT_ENDINGS:
        sheet = _from_text(path, columns, find)
    elif ending in ENDINGS:
        sheet = _from_workbook(path, columns, find)
    else:
        raise UnreadableFile(f"{path.name}: {ending or 'a file without an ending'} is not .csv, .tsv or .xlsx")
    if sheet.heading.row > 1:
        sheet.notes.append(f"the heading is in row {sheet.heading.row}")
    if sheet.heading.unread:
        sheet.notes.append(f"columns that are not read: {', '.join(sheet.heading.unread)}")
    return sheet


def _from_text(path: Path, columns: Sequence[Column], find: Find) -> Sheet:
    file = open_text(path)
    notes = [] if file.encoding.startswith("utf-8") else [f"read as {file.encoding_name}"]
    starts: dict[str, list[list[str]]] = {}
    for separator in file.told or SEPARATORS:
        starts[separator] = _start(file, separator)
        if (heading := find(starts[separator], columns, path)) is not None:
            return Sheet(path, partial(file.lines, separator), heading, separator, notes, count=file.count)
    separator = max(starts, key=lambda each: max(map(len, starts[each]), default=0))
    how = f"read with {_NAMES.get(separator, repr(separator))} between the cells, as {file.encoding_name}"
    raise no_heading(path, starts[separator], columns, how)


def _start(file: TextFile, separator: str) -> list[list[str]]:
    """Return the first rows, up to one that can't be read with this separator."""
    rows: list[list[str]] = []
    try:
        for row in islice(file.lines(separator), _ABOVE):
            rows.append(row)  # noqa: PERF402 - what came before the error is wanted
    except UnreadableFile:
        pass
    return rows


def _from_workbook(path: Path, columns: Sequence[Column], find: Find) -> Sheet:
    book = Workbook(path)
    starts = {name: list(islice(book.lines(name), _ABOVE)) for name in book.sheets}
    headings = {name: find(start, columns, path) for name, start in starts.items()}
    found = [name for name, heading in headings.items() if heading is not None]
    if not found:
        lines = [line for start in starts.values() for line in start]
        raise no_heading(path, lines, columns, f"in the sheets {', '.join(starts)}")
    name, *others = found
    heading = headings[name]
    assert heading is not None  # noqa: S101 - it was found
    notes = [f"sheet {name} is read"] if name != book.sheets[0] else []
    if others:
        notes.append(f"NOT read: {', '.join(others)}, which look like lists too; save each as a file of its own")
    return Sheet(path, partial(book.lines, name), heading, notes=notes, count=book.count(name))
