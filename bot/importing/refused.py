"""The bad rows of a list, in a file beside it, for whoever mends them and brings them in again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot.importing.errors import masked
from bot.importing.sheets import Sheet
from bot.store.private_file import private_file
from programme.model.spreadsheet_cells import lines_of

ENDING = ".ditolak.csv"

Write = Callable[[Sheet, Iterator[tuple[int, str]]], Path]
"""Writes the bad rows, by number and reason, into a file."""

_REASON, _ROW = "alasan ditolak", "baris"


def write_refused(sheet: Sheet, refused: Iterator[tuple[int, str]]) -> Path:
    """Write the bad rows as they stand in the file, with reason and number of each; only its owner may read it.

    `refused` is in the order of the file. The file's own columns come first: once mended, it can be imported.
    """
    path = sheet.path.with_name(sheet.path.name + ENDING)
    width = len(sheet.heading.cells)
    with private_file(path, "utf-8-sig") as text:
        writer = csv.writer(text, delimiter=sheet.separator)
        writer.writerow([*sheet.heading.cells, _REASON, _ROW])
        for number, line, reason in _bad(sheet, refused):
            cells = [*line, *[""] * (width - len(line))]
            writer.writerow([*cells[:width], reason, number, *cells[width:]])
    return path


def write_masked(sheet: Sheet, refused: Iterator[tuple[int, str]]) -> Path:
    """Write the bad rows to be looked at by others: without whole numbers, and without columns that are not read.

    No cell of it is taken for a formula by a spreadsheet.
    """
    path = sheet.path.with_name(sheet.path.name + ENDING)
    places = sorted(sheet.heading.places.values())
    with private_file(path, "utf-8-sig") as text:
        text.write(lines_of([[_ROW, _REASON, *(masked(sheet.heading.cells[at]) for at in places)]]))
        for number, line, reason in _bad(sheet, refused):
            cells = (masked(line[at]) if at < len(line) else "" for at in places)
            text.write(lines_of([[number, reason, *cells]]))
    return path


def _bad(sheet: Sheet, refused: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Sequence[str], str]]:
    """Go through the bad rows by number, with what stands in them and what is wrong with it."""
    bad = next(refused, None)
    for number, line in enumerate(sheet.lines(), start=1):
        if bad is None:
            return
        if number == bad[0]:
            yield number, line, bad[1]
            bad = next(refused, None)
