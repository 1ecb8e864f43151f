"""Reads spreadsheets sheet by sheet, every cell as text that reads the same in any country."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.importing.bombs import check_spreadsheet
from bot.importing.errors import UnreadableFile

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


class Workbook:
    """An open spreadsheet."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises UnreadableFile, and FileNotFoundError."""
        from python_calamine import CalamineError, CalamineWorkbook

        if not path.exists():
            raise FileNotFoundError(2, "no such file", str(path))
        check_spreadsheet(path)
        try:
            self._book: CalamineWorkbook = CalamineWorkbook.from_path(path)
        except CalamineError as error:
            raise UnreadableFile(f"{path.name}: not a spreadsheet ({error})") from None
        self.path = path

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets, in order; those that are hidden come last, for nobody sees what stands there."""
        from python_calamine import SheetVisibleEnum

        seen = {sheet.name for sheet in self._book.sheets_metadata if sheet.visible in (None, SheetVisibleEnum.Visible)}
        return sorted(self._book.sheet_names, key=lambda name: name not in seen)

    def count(self, sheet: str) -> int:
        """How many rows a sheet has."""
        return int(self._book.get_sheet_by_name(sheet).total_height)

    def lines(self, sheet: str) -> Iterator[list[str]]:
        """Go through the rows of a sheet, the first one of the spreadsheet as number 1."""
        for line in self._book.get_sheet_by_name(sheet).iter_rows():
            yield [_as_text(cell) for cell in line]


def _as_text(cell: object) -> str:
    match cell:
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case bool():
            return "ya" if cell else "tidak"
        case float() if cell.is_integer():
            return str(int(cell))
        case None:
            return ""
        case _:
            return str(cell)
