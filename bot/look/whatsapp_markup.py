"""From WhatsApp's markup to what may stand in a page, as the app would show it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape
from itertools import groupby
from typing import Final

from bot.channels.whatsapp.markup import WORD_JOINER
from bot.look.markup import Run

_TAGS: Final = {"*": "b", "_": "i", "~": "s", "`": "code"}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)']")


def html_of(text: str) -> str:
    """Show bold, italics and the like by their signs, addresses as links, and all else as it is written."""
    return "<br>".join(_line(line) for line in text.split("\n"))


def runs_of(text: str) -> list[Run]:
    """Return the stretches of one style, for whoever shows them as text alone."""
    found: list[Run] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append(Run("\n"))
        for (tags, at), letters in groupby(_letters(line), lambda letter: letter[1:]):
            words = "".join(sign for sign, *_rest in letters)
            found.append(Run(words, "".join("c" if tag == "`" else _TAGS[tag] for tag in tags), at))
    return found


def plain_of(text: str) -> str:
    """Return the words alone, without signs that change their looks."""
    return "\n".join("".join(sign for sign, _tags, _at in _letters(line)) for line in text.split("\n"))


def _line(line: str) -> str:
    runs = groupby(_letters(line), lambda letter: letter[1:])
    return "".join(_run("".join(sign for sign, *_rest in letters), tags, at) for (tags, at), letters in runs)


def _run(words: str, tags: str, address: str) -> str:
    shown = escape(words)
    if address:
        return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{shown}</a>'
    return "".join(f"<{_TAGS[tag]}>" for tag in tags) + shown + "".join(f"</{_TAGS[tag]}>" for tag in reversed(tags))


def _letters(line: str) -> Iterator[tuple[str, str, str]]:
    """Go through what is seen: each sign, the styles that it has, and the address that it belongs to."""
    addresses = {at: found[0] for found in _ADDRESS.finditer(line) for at in range(*found.span())}
    styles = [""] * len(line)
    marks: set[int] = set()
    for sign in _TAGS:
        for start, end in _pairs(line, sign, addresses.keys()):
            marks |= {start, end}
            styles[start:end] = [style + sign for style in styles[start:end]]
    for at, letter in enumerate(line):
        if at not in marks and letter != WORD_JOINER:
            yield letter, "" if at in addresses else styles[at], addresses.get(at, "")


def _pairs(line: str, sign: str, addresses: Collection[int]) -> Iterator[tuple[int, int]]:
    """Find where a sign opens and where it closes; within an address it does neither."""
    start: int | None = None
    for at, letter in enumerate(line):
        if letter != sign or at in addresses:
            continue
        before, after = line[at - 1 : at] or " ", line[at + 1 : at + 2] or " "
        if start is None:
            start = at if not (before.isalnum() or before == WORD_JOINER or after.isspace()) else None
        elif not before.isspace() and not after.isalnum() and at > start + 1:
            yield start, at
            start = None
