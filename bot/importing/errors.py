"""What can be wrong with a list, and how a cell is shown without telling anybody's number."""

from __future__ import annotations

import re

_LONG = re.compile(r"\d(?:[ \-./()]*\d){8,}")
_RUN = re.compile(r"\d{5,}")
_MOST = 40


class UnreadableFile(ValueError):
    """The file as a whole can't be read; the sentence says why."""


class BadRow(ValueError):
    """One row can't be taken; the sentence says why."""


def shown(text: str) -> str:
    """Quote a cell, cut short; of a long number no more than its first digits, for it may be anybody's."""
    return f"'{masked(text)}'"


def masked(text: str) -> str:
    """Return a cell in one line, cut short, without anybody's number: of a long one its first digits are left."""
    told = _RUN.sub(_masked, _LONG.sub(_masked, text))
    told = f"{told[:_MOST]}…" if len(told) > _MOST else told
    return " ".join(told.split())


def _masked(number: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", number[0])
    return f"{digits[:4]}… ({len(digits)} digits)"
