"""Labels too long for their place, cut at a word, and no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.channels.splitting import MARKS, units

_CHARACTER = re.compile(rf"[\U0001f1e6-\U0001f1ff]{{2}}|.(?:{MARKS}|\u200d.){{0,20}}", re.DOTALL)
_LOOSE_ENDS = " ,;:–—-(/"
_CUT = "…"


def cut(label: str, limit: int) -> str:
    """Return `label` in at most `limit` UTF-16 units.

    Where it is too long, the picture before its words goes first. Then it is cut after a word, or in one where little
    else would be left. Nothing visible becomes "…", since Meta refuses an empty label.
    """
    label = " ".join(label.split())
    if units(label) <= limit:
        return label or _CUT
    bare = _without_picture(label)
    if units(bare) <= limit:
        return bare
    fitting = _fitting(bare, limit - 1)
    word_ends = len(fitting) if bare[len(fitting)] == " " else fitting.rfind(" ")
    kept = fitting[:word_ends] if units(fitting[: max(word_ends, 0)]) >= limit // 2 else fitting
    return kept.rstrip(_LOOSE_ENDS) + _CUT


def is_whole(label: str, limit: int) -> bool:
    """Tell whether all words of `label` fit."""
    return units(_without_picture(" ".join(label.split()))) <= limit


def distinct(labels: Iterable[str], limit: int) -> list[str]:
    """Return `labels` cut to `limit`, in order, each different from all the others: a number tells alike ones apart."""
    titles: list[str] = []
    for label in labels:
        title, number = cut(label, limit), 2
        while title in titles:
            title, number = _numbered(label, number, limit), number + 1
        titles.append(title)
    return titles


def _without_picture(label: str) -> str:
    first, _space, words = label.partition(" ")
    return words if words and not any(sign.isalnum() for sign in first) else label


def _numbered(label: str, number: int, limit: int) -> str:
    suffix = f" {number}"
    return cut(label, limit - len(suffix)) + suffix


def _fitting(text: str, room: int) -> str:
    """As many whole characters from the start as fit."""
    at = 0
    for character in _CHARACTER.finditer(text):
        if units(text[: character.end()]) > room:
            break
        at = character.end()
    return text[:at]
