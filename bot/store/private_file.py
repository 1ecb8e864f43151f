"""Files with personal data: made for whoever asked, and readable for nobody else on the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def private_file(path: Path, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Make a file that only its owner may read, in place of an old one, which may be readable for others.

    It is there once it is whole: half a list, where the disk was full, would be taken for all of it.
    """
    if path.is_relative_to("/dev"):
        with path.open("w", encoding=encoding, newline="") as file:  # the terminal, or a pipe
            yield file
        return
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding=encoding, newline="") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
