"""Cutting a message into tokens that remember where they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

LONGEST = 1000
"""Characters of a message that are read; what follows repeats or is pasted."""

_TOKEN = re.compile(r"\[[^\[\]\n]{2,24}\]|https?://\S+|[^\W\d_]+|\d+|[^\w\s]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_PLACEHOLDERS = {
    "nomor kartu": "xkartu", "otp": "xotp", "nik": "xnik", "kata sandi": "xsandi",
    "nomor telepon": "xtelepon", "email": "xemail", "nomor rekening": "xrekening",
}  # fmt: skip


class Token(NamedTuple):
    """A word, number or mark: as written in lower case, as meant, and its place in the message."""

    raw: str
    word: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether the token is written in digits."""
        return self.raw.isdecimal()

    @property
    def is_word(self) -> bool:
        """Whether the token is written in letters."""
        return self.raw.isalpha()


_token: Callable[[tuple[str, str, int, int]], Token] = partial(tuple.__new__, Token)  # half the price of Token(...)


def cut(text: str) -> list[Token]:
    """Cut the message; `word` is still what was written, but for placeholders, links and long numbers."""
    text = text[:LONGEST]
    if text.isascii():
        return [_token((raw := match[0], _plain(raw), *match.span())) for match in _TOKEN.finditer(text.lower())]
    return [_token((raw := _lower(match[0]), _plain(raw), *match.span())) for match in _TOKEN.finditer(text)]


def _lower(raw: str) -> str:
    return raw.lower() if raw.isascii() else unicodedata.normalize("NFKC", raw.lower()).lower()


@lru_cache(maxsize=20_000)
def _plain(raw: str) -> str:
    first = raw[0]
    if first == "[" and len(raw) > 2:
        return _PLACEHOLDERS.get(raw[1:-1], "xrahasia")
    if first.isdecimal():
        return _number(raw)
    if raw.startswith("http"):
        return "tautan"
    return _STRETCHED.sub(r"\1", raw) if len(raw) > 4 or raw[0] in "aiueo" else raw


def _number(raw: str) -> str:
    if len(raw) >= 12:
        return "xkartu"
    return "xtelepon" if len(raw) >= 9 else raw
