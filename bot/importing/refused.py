"""The bad rows of a list, in a file beside it, for whoever mends them and brings them in again."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from bot.importing.sheets import Sheet

ENDING = ".ditolak.csv"
_REASON, _ROW = "alasan ditolak", "baris"


def write_refused(sheet: Sheet, refused: Iterator[tuple[int, str]]) -> Path:
    """Write the bad rows as they stand in the file, with reason and number of each; only its owner may read it.

    `refused` is in the order of the file. The file's own columns come first: once mended, it can be imported.
    """
    path = sheet.path.with_name(sheet.path.name + ENDING)
    path.unlink(missing_ok=True)  # a new file: an old one may be readable for others
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    width = len(sheet.heading.cells)
    with os.fdopen(file, "w", encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text, delimiter=sheet.separator)
        writer.writerow([*sheet.heading.cells, _REASON, _ROW])
        bad = next(refused, None)
        for number, line in enumerate(sheet.lines(), start=1):
            if bad is None:
                break
            if number == bad[0]:
                cells = [*line, *[""] * (width - len(line))]
                writer.writerow([*cells[:width], bad[1], number, *cells[width:]])
                bad = next(refused, None)
    return path
