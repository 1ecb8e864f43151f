"""Text files as an operator's machine saves them."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from programme.announcement import WrongBroadcast

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_words(path: Path) -> str:
    """Return the words of a file in UTF-8, or in UTF-16 that says so, as *Unicode* of Notepad does.

    Raises OSError, and WrongBroadcast where it is something else: guessed letters would go out to thousands.
    """
    data = path.read_bytes()
    try:
        words = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        words = "\0"
    if "\0" in words:
        raise WrongBroadcast(f"{path} is no text in UTF-8: save it as UTF-8, and try again")
    return words
