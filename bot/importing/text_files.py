"""Reads .csv and .tsv files as offices save them: any separator, any of the usual encodings, quotes that close."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from bot.importing.errors import UnreadableFile

SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ONE_IN = 4  # signs that are NUL in a text of two bytes each; one NUL by chance makes none of it
_CHUNK = 1 << 20
_TOLD = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_LONGEST_CELL = 1 << 16
_AT_ONCE = 2_000  # rows that are looked at for quotes together


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file with its encoding, and the separator that its `sep=` line tells, if it has one."""

    path: Path
    encoding: str
    told: str | None

    @property
    def encoding_name(self) -> str:
        """The encoding as offices call it."""
        return {"cp1252": "Windows-1252", "utf-8-sig": "UTF-8"}.get(self.encoding, self.encoding.upper())

    def lines(self, separator: str) -> Iterator[list[str]]:
        """Go through the rows; the `sep=` line, which spreadsheets hide, is none. Raises UnreadableFile."""
        return chain.from_iterable(self._parts(separator))

    @property
    def count(self) -> int:
        """About how many rows it has: a cell of several lines counts as so many."""
        return _row_of(self.path, self.path.stat().st_size)

    def _parts(self, separator: str) -> Iterator[list[list[str]]]:
        """Go through the rows, some at a time; those before one that can't be read come first."""
        csv.field_size_limit(_LONGEST_CELL)
        with self.path.open(encoding=self.encoding, newline="") as text:
            if self.told:
                text.readline()
            reader = csv.reader(text, delimiter=separator, strict=True)
            done, wrong = 0, ""
            while not wrong:
                before = reader.line_num
                part: list[list[str]] = []
                try:
                    part.extend(islice(reader, _AT_ONCE))  # what was read before an error stays in it
                except csv.Error as error:
                    wrong = _wrong(error, done + len(part) + 1)
                if not part and not wrong:
                    return
                if reader.line_num - before > len(part):  # a cell of several lines
                    at = next((at for at, line in enumerate(part) if _swallowed(line, separator)), None)
                    if at is not None:
                        part, wrong = part[:at], _unclosed(done + at + 1)
                done += len(part)
                yield part
            raise UnreadableFile(f"{self.path.name}: {wrong}")


def open_text(path: Path) -> TextFile:
    """Find out how a file is written. Raises UnreadableFile where it can't be told."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as text:
        told = _TOLD.fullmatch(text.readline(64).strip("\r\n"))
    return TextFile(path, encoding, told[1] if told else None)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return _readable(path, encoding)
    if start.startswith(_SPREADSHEETS):
        raise UnreadableFile(f"{path.name}: is a spreadsheet; give it its ending, .xlsx or .xls")
    if start.count(0) * _ONE_IN > len(start):
        return _readable(path, "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be")
    at, beyond_ascii = _first_wrong(path, "utf-8")
    if at is None:
        return "utf-8"
    if beyond_ascii:
        raise UnreadableFile(f"{path.name}: row {_row_of(path, at)} holds a byte that is not UTF-8, as the others are")
    return _readable(path, "cp1252")


def _readable(path: Path, encoding: str) -> str:
    at, _ = _first_wrong(path, encoding)
    if at is not None:
        name = "UTF-8 or Windows-1252" if encoding == "cp1252" else encoding.removesuffix("-sig").upper()
        raise UnreadableFile(f"{path.name}: row {_row_of(path, at)} can't be read as {name}; save it as 'CSV UTF-8'")
    return encoding


def _first_wrong(path: Path, encoding: str) -> tuple[int | None, bool]:
    """Return where the first byte stands that the encoding doesn't know, and whether signs beyond ASCII come before."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done, beyond_ascii = 0, False
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            waiting = len(decoder.getstate()[0])
            try:
                beyond_ascii = not decoder.decode(chunk, final=not chunk).isascii() or beyond_ascii
            except UnicodeDecodeError as error:
                beyond_ascii = beyond_ascii or not error.object[: error.start].isascii()
                return done - waiting + error.start, beyond_ascii
            done += len(chunk)
            if not chunk:
                return None, beyond_ascii


def _row_of(path: Path, at: int) -> int:
    with path.open("rb") as file:
        return 1 + sum(file.read(min(_CHUNK, at - start)).count(b"\n") for start in range(0, at, _CHUNK))


def _swallowed(line: list[str], separator: str) -> bool:
    """Tell whether a cell of several lines holds what looks like rows: a quote was opened, and closed far below."""
    usual = max(1, len(line) - 1)
    return any("\n" in cell and any(part.count(separator) >= usual for part in cell.split("\n")) for cell in line)


def _wrong(error: csv.Error, row: int) -> str:
    if "new-line" in str(error) or "null" in str(error).casefold():
        return f"row {row} can't be read ({error})"
    return _unclosed(row)


def _unclosed(row: int) -> str:
    return f'a quote (") is not closed from row {row} on; close it there, or take it out'
