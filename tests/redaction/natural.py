"""Messages as people write them, secret and ordinary: one list to mend by, and one that is put aside for the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.redaction.drawn import Message

_HERE = Path(__file__).parent
_SECRET = re.compile("⟦([^⟧]*)⟧")


def natural_leaks(*, aside: bool) -> Iterator[Message]:
    """Go through messages that give something away; those put `aside` were not looked at while mending."""
    for line in _lines("natural", aside=aside):
        yield Message(_SECRET.sub(r"\1", line), _SECRET.sub(" ", line), tuple(_SECRET.findall(line)), (), (), aside)


def natural_ordinary(*, aside: bool) -> Iterator[Message]:
    """Go through messages of which nothing may be cut."""
    for line in _lines("plain", aside=aside):
        yield Message(line, line, (), (), (), aside)


def _lines(file: str, *, aside: bool) -> Iterator[str]:
    for line in (_HERE / f"{file}{'_aside' if aside else ''}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line.replace("\\n", "\n")
