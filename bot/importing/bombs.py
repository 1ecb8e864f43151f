"""Spreadsheets that would fill the memory: refused before anything of them is read as a sheet.

An .xlsx is a zip of XML. What it unpacks to may be a thousand times as much, whatever its own list of contents says;
and one cell in the last corner makes a reader set up a sheet of seventeen thousand million cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from bot.importing.errors import UnreadableFile

MOST_UNPACKED: Final = 1 << 30
"""Bytes; 800,000 rows of a roster are about 250 million."""

MOST_CELLS: Final = 60_000_000
"""Cells between the first corner of a sheet and the last cell in it."""

MOST_PARTS: Final = 2_000

_CHUNK: Final = 1 << 20
_TAIL: Final = 16  # so that a place which is cut in two by a chunk is seen
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_DEFLATED: Final = 8


def check_spreadsheet(path: Path) -> None:
    """Raise UnreadableFile where a zipped spreadsheet would unpack to too much; other files are let through."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as zipped, path.open("rb") as raw:
            parts = zipped.infolist()
            left = MOST_UNPACKED if len(parts) <= MOST_PARTS else -1
            for part in parts:
                left = _left_after(raw, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnreadableFile(f"{path.name}: not a spreadsheet ({error})") from None
    if left < 0:
        raise UnreadableFile(f"{path.name}: unpacks to more than any list has; save the list alone, best as CSV")


def _left_after(raw: IO[bytes], part: zipfile.ZipInfo, left: int) -> int:
    """Unpack one part without keeping it; return how many bytes may still come, below 0 where it is too much."""
    sheet, width, height, rest = "worksheets/" in part.filename, 26, 0, b""
    for chunk in _unpacked(raw, part):
        left -= len(chunk)
        if left < 0:
            return left
        if sheet:
            for column, row in _PLACE.findall(rest + chunk):
                width, height = max(width, _number_of(column)), max(height, int(row))
            if width * height > MOST_CELLS:
                return -1
            rest = chunk[-_TAIL:]
    return left


def _number_of(column: bytes) -> int:
    """Return the number of a column by its letters: 1 for A, 16,384 for XFD."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _unpacked(raw: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part a little at a time, as far as it really goes. Raises zlib.error, EOFError."""
    raw.seek(part.header_offset)
    header = raw.read(30)
    if len(header) < 30:
        raise EOFError("it is cut off")
    name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
    raw.seek(part.header_offset + 30 + name + extra)
    packed = part.compress_size
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == _DEFLATED else None
    while packed > 0 and (data := raw.read(min(_CHUNK, packed))):
        packed -= len(data)
        while unpacking is not None and data:
            yield unpacking.decompress(data, _CHUNK)
            data = unpacking.unconsumed_tail
        if unpacking is None:
            yield data
