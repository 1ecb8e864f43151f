"""From a message's text to what may stand in a page, whatever the text holds."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import NamedTuple

_ALLOWED = re.compile(r"(</?[bi]>)")


class Run(NamedTuple):
    """A stretch of words in one style: `tags` are its HTML elements, the outermost first; it may be an `address`."""

    words: str
    tags: str = ""
    address: str = ""


def safe_html(text: str) -> str:
    """Keep `<b>` and `<i>`, turn newlines into `<br>`, and show everything else as it is written."""
    return "".join(_balanced(_parts(text))).replace("\n", "<br>")


def runs_of(text: str) -> list[Run]:
    """Return the stretches of a message's text, for whoever shows them as text alone."""
    runs: list[Run] = []
    tags: list[str] = []
    for part in _balanced(_parts(text)):
        if _ALLOWED.fullmatch(part):
            if part.startswith("</"):
                tags.pop()
            else:
                tags.append(part[1])
        elif part:
            runs.append(Run(unescape(part), "".join(tags)))
    return runs


def as_text(words: str) -> str:
    """Write a person's own words as the text of a message."""
    return escape(words, quote=False)


def _parts(text: str) -> list[str]:
    """Split a text into tags that are kept and words, which are escaped."""
    return [part if _ALLOWED.fullmatch(part) else escape(unescape(part)) for part in _ALLOWED.split(text)]


def _balanced(parts: list[str]) -> list[str]:
    """Leave out a closing tag that closes nothing, and close what was left open."""
    opened: list[str] = []
    kept: list[str] = []
    for part in parts:
        if part.startswith("</") and part in {"</b>", "</i>"}:
            if f"<{part[2:]}" not in opened:
                continue
            while opened:
                last = opened.pop()
                kept.append(f"</{last[1:]}")
                if last[1:] == part[2:]:
                    break
            continue
        if part in {"<b>", "<i>"}:
            opened.append(part)
        kept.append(part)
    return [*kept, *(f"</{tag[1:]}" for tag in reversed(opened))]
