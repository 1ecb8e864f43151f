"""Files that somebody opens as a spreadsheet or as text: nothing in them is computed, turned round or forged."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

MARK: Final = "\ufeff"
"""What such a file begins with, so that a spreadsheet reads it as UTF-8."""

_SIGNS: Final = "=+\\-@＝＋－＠"
_BEGINS: Final = re.compile(rf'[\t\r\n]|[\s"]*[{_SIGNS}]')
_WITHIN: Final = re.compile(rf'([;,\t\r\n][\s"]{{0,9}})(?=[{_SIGNS}])')
"""Where another separator than ours is read, as in Indonesia the semicolon, a cell begins in the middle of one."""

_LEADING: Final = re.compile(rf'\A[\s"{_SIGNS}]+')

_TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the writing round: `gpj.exe` is read as `exe.jpg`."""


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet computes, whatever separator it reads by."""
    told = _WITHIN.sub(r"\1'", unturned(cell))
    return f"'{told}" if _BEGINS.match(told) else told


def lines_of(rows: Iterable[Sequence[object]]) -> str:
    """Write rows of a CSV, with every cell inert."""
    written = io.StringIO()
    csv.writer(written).writerows([inert(str(cell)) for cell in row] for row in rows)
    return written.getvalue()


def without_sign(text: str) -> str:
    """Return words that no spreadsheet computes, for files in which nothing may stand before them: no sign does."""
    return _LEADING.sub("", unturned(text))


def unturned(text: str) -> str:
    """Return words that are read in the order in which they stand."""
    return _TURNS.sub("", text)


def one_entry(text: str) -> str:
    """Return words as one entry of a text file: what is below its first line stands further in, and begins no other."""
    return "\n    ".join(unturned(text).splitlines())
