"""From a message's text to what may stand in a page, whatever the text holds."""

from __future__ import annotations

import re
from html import escape, unescape

_ALLOWED = re.compile(r"(</?[bi]>)")


def safe_html(text: str) -> str:
    """Keep `<b>` and `<i>`, turn newlines into `<br>`, and show everything else as it is written."""
    parts = _ALLOWED.split(text)
    kept = [part if _ALLOWED.fullmatch(part) else escape(unescape(part)) for part in parts]
    return _balanced(kept).replace("\n", "<br>")


def as_text(words: str) -> str:
    """Write a person's own words as the text of a message."""
    return escape(words, quote=False)


def _balanced(parts: list[str]) -> str:
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
    return "".join([*kept, *(f"</{tag[1:]}" for tag in reversed(opened))])
