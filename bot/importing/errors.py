"""What can be wrong with a list, and how a cell is shown without telling anybody's number."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONG = re.compile(r"\d(?:[ \-./()]*\d){8,}")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
_RUN = re.compile(r"\d{5,}")
_WORD = re.compile(r"([^\W\d_])[^\W\d_]{2,}")
_MOST = 40


class UnreadableFile(ValueError):
    """The file as a whole can't be read; the sentence says why."""


class BadRow(ValueError):
    """One row can't be taken; the sentence says why."""


def shown(text: str) -> str:
    """Quote a cell, cut short; of a long number no more than its first digits, for it may be anybody's."""
    return f"'{masked(text)}'"


def shown_number(text: str) -> str:
    """Quote a cell in which only a number may stand: words there are somebody's name in the wrong column."""
    return shown(_WORD.sub(r"\1…", text))


def shown_line(cells: Sequence[str]) -> str:
    """Quote a row in place of a heading; where a long number stands in it, it is about somebody, and names are cut."""
    about_somebody = any(map(_LONG.search, cells))
    return " | ".join((shown_number if about_somebody else shown)(cell)[1:-1] for cell in cells)


def masked(text: str) -> str:
    """Return a cell in one line, cut short, without anybody's number: of a long one its first digits are left."""
    told = _RUN.sub(_masked, _LONG.sub(_masked, _UNSEEN.sub("", text)))
    told = f"{told[:_MOST]}…" if len(told) > _MOST else told
    return " ".join(told.split())


def _masked(number: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", number[0])
    return f"{digits[:4]}… ({len(digits)} digits)"
