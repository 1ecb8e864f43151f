"""Texts too long for one message, cut where a reader would pause, never inside a tag or a character."""

from __future__ import annotations

import re
from typing import Final

_TAG = r"<[^>]*>"
_ENTITY = r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);"
MARKS: Final = r"[\ufe0e\ufe0f\u0300-\u036f\U0001f3fb-\U0001f3ff]"  # they belong to the character before them
_ATOM = re.compile(rf"{_TAG}|{_ENTITY}|\s+|.(?:{MARKS}|\u200d.){{0,20}}", re.DOTALL)
_INVISIBLE = re.compile(rf"{_TAG}|\s+")
_EARLY = 3  # the rank of a pause that leaves the part less than half full

_Place = tuple[int, tuple[str, ...]]  # where in the text, and the tags open there


def width(text: str) -> int:
    """Return the length of HTML `text` as people see it, in UTF-16 units: without tags, entities as 1."""
    return sum(_width(atom) for atom in _ATOM.findall(text))


def split(text: str, limit: int) -> list[str]:
    """Return `text` in parts of at most `limit`, each well-formed; one empty part where nothing is visible."""
    if units(text) <= limit:
        return [text]
    parts, rest = [], text.strip()
    while width(rest) > limit:
        head, rest = _cut(rest, limit)
        parts.append(head)
    return [part for part in (*parts, rest) if _INVISIBLE.sub("", part)] or [""]


def _cut(text: str, limit: int) -> tuple[str, str]:
    at, tags = _pause(text, limit)
    closing = "".join(f"</{_name(tag)}>" for tag in reversed(tags))
    return text[:at].rstrip() + closing, "".join(tags) + text[at:].lstrip()


def _pause(text: str, limit: int) -> _Place:
    """The grandest pause that leaves the part at least half full; else the last pause; else the last place.

    So a long address stays whole wherever it fits at all.
    """
    at, seen = 0, 0
    tags: tuple[str, ...] = ()
    pauses: dict[int, _Place] = {}
    for atom in (found[0] for found in _ATOM.finditer(text)):
        if seen and atom.isspace():
            pauses[_rank(atom) if seen >= limit // 2 else _EARLY] = (at, tags)
        seen += _width(atom)
        if seen > limit:
            break
        at += len(atom)
        tags = _after(tags, atom)
    return pauses[min(pauses)] if pauses else (at, tags)


def _rank(space: str) -> int:
    """Paragraph, line, word."""
    return 2 - min(space.count("\n"), 2)


def _after(tags: tuple[str, ...], atom: str) -> tuple[str, ...]:
    if not _is_tag(atom):
        return tags
    return tags[:-1] if atom.startswith("</") else (*tags, atom)


def _width(atom: str) -> int:
    if _is_tag(atom):
        return 0
    return 1 if len(atom) > 2 and atom[0] == "&" else units(atom)


def units(text: str) -> int:
    """Return the length of plain `text` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_tag(atom: str) -> bool:
    return len(atom) > 1 and atom[0] == "<"


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]
