"""Reads a .csv or .xlsx file row by row, every cell as trimmed text."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

Cells = Mapping[str, str]


class UnreadableFile(ValueError):
    """The file as a whole can't be read; the sentence says why."""


class BadRow(ValueError):
    """One row can't be taken; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by its number in the file, the heading being row 1."""

    number: int
    cells: Cells

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def rows_of(file: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """Go through the rows below the heading; empty rows are passed over. Raises UnreadableFile."""
    match file.suffix.casefold():
        case ".csv":
            lines = _csv_lines(file)
        case ".xlsx":
            lines = _xlsx_lines(file)
        case other:
            raise UnreadableFile(f"{file.name}: {other or 'a file without an ending'} is not .csv or .xlsx")
    heading = [name.strip().casefold() for name in next(lines, [])]
    if missing := [name for name in required if name not in heading]:
        raise UnreadableFile(f"{file.name}: the heading lacks {', '.join(missing)}; see --template")
    for number, line in enumerate(lines, start=2):
        cells = {name: cell.strip() for name, cell in zip(heading, line, strict=False) if name}
        if any(cells.values()):
            yield Row(number, cells)


def _csv_lines(file: Path) -> Iterator[list[str]]:
    with ExitStack() as stack:
        text = stack.enter_context(file.open(encoding="utf-8-sig", newline=""))
        try:
            start = text.readline()
            text.seek(0)
            yield from csv.reader(text, delimiter=max(",;\t", key=start.count))
        except UnicodeDecodeError:
            raise UnreadableFile(f"{file.name}: not UTF-8; save it as 'CSV UTF-8'") from None
        except csv.Error as error:
            raise UnreadableFile(f"{file.name}: {error}") from None


def _xlsx_lines(file: Path) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    if not file.exists():
        raise FileNotFoundError(2, "no such file", str(file))
    try:
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0)
    except CalamineError as error:
        raise UnreadableFile(f"{file.name}: not a spreadsheet ({error})") from None
    for line in sheet.iter_rows():
        yield [_as_text(cell) for cell in line]


def _as_text(cell: object) -> str:
    match cell:
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case None:
            return ""
        case _:
            return str(cell)
