"""Files with personal data: made for whoever asked, and readable for nobody else on the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO


def private_file(path: Path, encoding: str = "utf-8") -> TextIO:
    """Make a file that only its owner may read, in place of an old one, which may be readable for others."""
    if path.is_relative_to("/dev"):
        return path.open("w", encoding=encoding, newline="")  # the terminal, or a pipe
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding=encoding, newline="")
