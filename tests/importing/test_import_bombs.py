"""A spreadsheet that would fill the memory is refused, however it says how large it is."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from bot.importing import bombs
from bot.importing.bombs import check_spreadsheet
from bot.importing.errors import UnreadableFile
from bot.importing.spreadsheets import Workbook

SHEET = "xl/worksheets/sheet1.xml"


def packed(path: Path, content: bytes, name: str = SHEET) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, content)
    return path


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the zip's own list says that it is small."""
    monkeypatch.setattr(bombs, "MOST_UNPACKED", 5 << 20)
    bomb = packed(tmp_path / "bomb.xlsx", b"0" * (6 << 20), "xl/sharedStrings.xml")
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        Workbook(bomb)
    size = struct.pack("<I", 6 << 20)
    bomb.write_bytes(bomb.read_bytes().replace(size, struct.pack("<I", 10)))
    with zipfile.ZipFile(bomb) as zipped:
        assert zipped.infolist()[0].file_size == 10
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        check_spreadsheet(bomb)


def test_one_cell_in_the_last_corner_is_refused(tmp_path: Path) -> None:
    """It lies across the border of two chunks, too."""
    cell = b'<c r="A1"/>' + b" " * ((1 << 20) - 20) + b'<c r="XFD1048576"/>'
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        check_spreadsheet(packed(tmp_path / "corner.xlsx", cell))
    check_spreadsheet(packed(tmp_path / "usual.xlsx", b'<c r="A1"/><c r="I800001"/>'))


def test_too_many_parts_and_a_damaged_zip_are_refused(tmp_path: Path) -> None:
    many = tmp_path / "many.xlsx"
    with zipfile.ZipFile(many, "w") as zipped:
        for number in range(2_001):
            zipped.writestr(str(number), b"")
    with pytest.raises(UnreadableFile):
        check_spreadsheet(many)
    damaged = packed(tmp_path / "damaged.xlsx", b"x" * 5_000)
    content = damaged.read_bytes()
    begins = 30 + len(SHEET)
    damaged.write_bytes(content[:begins] + b"\xff\xff" + content[begins + 2 :])
    with pytest.raises(UnreadableFile):
        check_spreadsheet(damaged)
