"""Where files lie that staff sent to be imported: each in a folder of its own that only this service may read."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.importing.refused import ENDING
from programme.model.imports import ListImport

LARGEST: Final = 256 << 20
"""Bytes of a file: 800,000 rows of a roster are about 60 million."""

TAKEN: Final = (".csv", ".tsv", ".txt", ".xlsx")
_UNSAFE: Final = re.compile(r"[^\w.\- ()]+")
_LONGEST: Final = 80


def file_name(told: str) -> str:
    """Return a name under which a file may lie here, as near as can be to what the browser told."""
    name = _UNSAFE.sub("_", told.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{ending[:8]}" if dot else name[:_LONGEST]


@dataclass(frozen=True, slots=True)
class UploadFolder:
    """The folder of them all; it is made when it is first needed."""

    place: Path

    def file(self, one: ListImport) -> Path:
        """Where the list itself lies."""
        return self.place / str(one.id) / one.file

    def refused(self, one: ListImport) -> Path:
        """Where its bad rows lie, masked."""
        return self.place / str(one.id) / (one.file + ENDING)

    def append(self, one: ListImport, at: int, data: bytes) -> None:
        """Write a piece of the list where it belongs; what lay behind it was never acknowledged."""
        path = self.file(one)
        for folder in (self.place, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.seek(at)
            file.truncate()
            file.write(data)

    def digest(self, one: ListImport) -> str:
        """Return the digest of the list. Raises FileNotFoundError where it is gone."""
        with self.file(one).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def drop(self, one: ListImport) -> None:
        """Delete the list itself; its bad rows stay for whoever mends them."""
        self.file(one).unlink(missing_ok=True)

    def sweep(self, needed: Collection[int]) -> None:
        """Delete everything that belongs to none of these imports."""
        if self.place.is_dir():
            for folder in self.place.iterdir():
                if folder.name.isdecimal() and int(folder.name) not in needed:
                    shutil.rmtree(folder, ignore_errors=True)
