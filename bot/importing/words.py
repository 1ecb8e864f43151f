"""The words of lists, from the tables beside this file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from programme.loading import read_table

_HERE = Path(__file__).parent
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]")
_NO_WORD = re.compile(r"[\W_]+")


def heading_form(text: str) -> str:
    """Return a heading without case, punctuation and what stands in brackets."""
    return " ".join(_NO_WORD.sub(" ", _ASIDE.sub("", text).casefold()).split())


def _meanings() -> Mapping[str, str]:
    rows = read_table(_HERE / "words.tsv", ("meaning", "words"))
    return MappingProxyType({word: row.text("meaning") for row in rows for word in _parts(row.text("words"))})


def _headings() -> Mapping[tuple[str, str], tuple[str, ...]]:
    rows = read_table(_HERE / "headings.tsv", ("list", "column", "headings"))
    return MappingProxyType(
        {(row.text("list"), row.text("column")): tuple(map(heading_form, _parts(row.text("headings")))) for row in rows}
    )


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


MEANING = _meanings()
"""What a cell's words mean, by the words in small letters."""

HEADINGS = _headings()
"""Headings by list and column, the usual ones first, as `heading_form` leaves them."""
