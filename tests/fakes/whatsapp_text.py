"""WhatsApp's markup as an app reads it: what is seen, and what of it is bold or italic.

A sign opens where nothing but space or punctuation stands before it and no space after; it closes where no space
stands before it and no letter or digit after. A word joiner is neither space nor punctuation. Links are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SIGNS = "*_~`"
JOINER = "\u2060"
_LINK = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:id|me|com)\b\S*")
_LIST = re.compile(r"(?:[*>-]|\d+\.)\s|>")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen, without joiners; for each of the signs the words that it changed the looks of."""

    text: str
    styled: dict[str, list[str]]
    listed: int


def read(source: str) -> Seen:
    lines = source.split("\n")
    styled: dict[str, list[str]] = {sign: [] for sign in SIGNS}
    shown = [_line(line, styled) for line in lines]
    found = {sign: [each.replace(JOINER, "") for each in words] for sign, words in styled.items()}
    return Seen("\n".join(shown).replace(JOINER, ""), found, sum(1 for line in lines if _LIST.match(line.lstrip(" "))))


def _line(line: str, styled: dict[str, list[str]]) -> str:
    dropped: set[int] = set()
    for sign in SIGNS:
        for start, end in _pairs(line, sign):
            dropped |= {start, end}
            styled[sign].append(_bare(line[start + 1 : end]))
    return "".join(letter for at, letter in enumerate(line) if at not in dropped)


def _bare(text: str) -> str:
    """The words between two signs without the signs of a style inside."""
    inner: set[int] = {at for sign in SIGNS for pair in _pairs(text, sign) for at in pair}
    return "".join(letter for at, letter in enumerate(text) if at not in inner)


def _pairs(line: str, sign: str) -> Iterator[tuple[int, int]]:
    start = None
    linked = {at for link in _LINK.finditer(line) for at in range(*link.span())}
    for at, letter in enumerate(line):
        if letter != sign or at in linked:
            continue
        before, after = line[at - 1] if at else " ", line[at + 1] if at + 1 < len(line) else " "
        if start is None:
            if not before.isalnum() and before != JOINER and not after.isspace():
                start = at
        elif not before.isspace() and not after.isalnum() and at > start + 1:
            yield start, at
            start = None
