"""Cutting a message into tokens that remember where they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

LONGEST = 1000
"""Characters of a message that are read; what follows repeats or is pasted."""

_TOKEN = re.compile(
    r"\[[^\[\]\n]{2,24}\]|https?://\S+|[^\W\d_]+['\u2019](?:m|s|re|ve|ll|t|d)\b|o['\u2019]clock\b|[^\W\d_]+|\d+|[^\w\s]",
    re.IGNORECASE,
)
_APOSTROPHES = str.maketrans("", "", "'\u2019")
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
    """Cut the message; `word` is still what was written, but for placeholders, links and long numbers.

    English contractions are one word without their apostrophe: *don't* is *dont*.
    """
    text = text[:LONGEST]
    if text.isascii():
        found = ((_joined(match[0]), match.span()) for match in _TOKEN.finditer(text.lower()))
    else:
        found = ((_joined(_lower(match[0])), match.span()) for match in _TOKEN.finditer(text))
    return [_token((raw, _plain(raw), *span)) for raw, span in found]


def _joined(raw: str) -> str:
    """Return a contraction without its apostrophe; a mark by itself, and a link, stay as they are."""
    return raw if len(raw) < 3 or not raw[-1].isalpha() or raw.startswith("http") else raw.translate(_APOSTROPHES)


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
