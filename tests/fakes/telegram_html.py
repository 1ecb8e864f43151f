"""Telegram's HTML as its server reads it: the tags and entities it knows, and what it says otherwise."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_PIECE = re.compile(r"<|&(?:lt|gt|amp|quot|#\d+|#[xX][0-9a-fA-F]+);|[^<&]+|&", re.DOTALL)
_OPENING = re.compile(r"<([^\s>/]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'=]+))?)*)\s*>", re.DOTALL)
_CLOSING = re.compile(r"</([^\s>]*)\s*>")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'=]+)))?")


class CantParse(ValueError):
    """The server's own words, after "can't parse entities: "."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as people see it, with its entities; offsets and lengths in UTF-16 units."""

    text: str
    entities: tuple[tuple[str, int, int, str], ...] = ()  # type, offset, length, address

    @property
    def units(self) -> int:
        return units(self.text)


@lru_cache(maxsize=4096)
def read(source: str, parse_mode: str | None) -> Shown:
    """Return what is seen of `source`. Raises CantParse."""
    if not parse_mode:
        return _trimmed(source, [])
    if parse_mode.upper() != "HTML":
        raise CantParse("unsupported parse_mode")
    return _Reading(source).all()


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Reading:
    def __init__(self, source: str) -> None:
        self.source, self.at, self.seen = source, 0, 0
        self.shown: list[str] = []
        self.open: list[tuple[str, int, str, int]] = []  # tag, offset shown, address, byte offset
        self.entities: list[tuple[str, int, int, str]] = []

    def all(self) -> Shown:
        while self.at < len(self.source):
            self._piece()
        if self.open:
            raise CantParse(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return _trimmed("".join(self.shown), self.entities)

    def _piece(self) -> None:
        found = _PIECE.match(self.source, self.at)
        assert found
        piece = found[0]
        if piece == "<":
            self._tag()
            return
        self._show(html.unescape(piece) if len(piece) > 1 and piece[0] == "&" else piece)
        self.at = found.end()

    def _show(self, text: str) -> None:
        self.shown.append(text)
        self.seen += units(text)

    def _tag(self) -> None:
        if self.source.startswith("</", self.at):
            self._close()
        else:
            self._start()

    def _byte(self) -> int:
        return len(self.source[: self.at].encode("utf-8", "surrogatepass"))

    def _start(self) -> None:
        name = re.match(r"<([^\s>]*)", self.source[self.at :])[1].lower()  # type: ignore[index]
        found = _OPENING.match(self.source, self.at)
        if name not in _TAGS:
            raise CantParse(f'Unsupported start tag "{name}" at byte offset {self._byte()}')
        if not found:
            raise CantParse(f'Unclosed start tag "{name}" at byte offset {self._byte()}')
        given = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(found[2])}
        if name == "span" and given.get("class") != "tg-spoiler":
            raise CantParse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte()}')
        self.open.append((name, self.seen, html.unescape(given.get("href", "")), self._byte()))
        self.at = found.end()

    def _close(self) -> None:
        found = _CLOSING.match(self.source, self.at)
        if not self.open:
            raise CantParse(f"Unexpected end tag at byte offset {self._byte()}")
        name, offset, address, _ = self.open.pop()
        if not found or found[1].lower() not in {name, ""}:
            said = found[1] if found else ""
            raise CantParse(f'Unmatched end tag at byte offset {self._byte()}, expected "</{name}>", found "</{said}>"')
        if self.seen > offset:
            self.entities.append((_TAGS[name], offset, self.seen - offset, address))
        self.at = found.end()


def _trimmed(text: str, entities: list[tuple[str, int, int, str]]) -> Shown:
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    end = units(text)
    moved = [(kind, max(at - lead, 0), min(at - lead + size, end), to) for kind, at, size, to in entities]
    return Shown(text, tuple((kind, at, till - at, to) for kind, at, till, to in sorted(moved) if till > at))
