"""Digits however they are written: in figures, in words, with letters for them, and what joins them to one number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_WORDS = {
    "nol": "0", "kosong": "0", "zero": "0",
    "satu": "1", "siji": "1", "hiji": "1", "one": "1", "sepuluh": "10", "sebelas": "11",
    "dua": "2", "loro": "2", "two": "2",
    "tiga": "3", "telu": "3", "tilu": "3", "three": "3",
    "empat": "4", "papat": "4", "opat": "4", "ampat": "4", "four": "4",
    "lima": "5", "limo": "5", "five": "5",
    "enam": "6", "enem": "6", "nem": "6", "anam": "6", "genep": "6", "six": "6",
    "tujuh": "7", "tuju": "7", "pitu": "7", "seven": "7",
    "delapan": "8", "lapan": "8", "dlapan": "8", "wolu": "8", "dalapan": "8", "eight": "8",
    "sembilan": "9", "songo": "9", "sanga": "9", "salapan": "9", "nine": "9",
    "belas": "1", "puluh": "0",
}  # fmt: skip
_ATOM = re.compile(
    r"(?<![A-Za-z\d])(?=[oli]*+\d|[oli]{4}(?![a-z\d]))[\doli]++(?![a-z])"
    rf"|\d+|(?<![^\W\d_])(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![^\W\d_])",
    re.IGNORECASE,
)
_JOINING = (
    r"terus|trus|trs|truss|lalu|lanjut|kemudian|habis|abis|itu|lagi|sama|dan|strip|spasi|titik|garis|koma|minus|dash"
    r"|depannya|depan|tengahnya|tengah|belakangnya|belakang|akhirnya|ujungnya|dobel|double|kembar"
)
_JOIN = re.compile(
    rf"[\s\-._,/:;*()\[\]|'\"+~]{{0,5}}+(?:(?:{_JOINING})\b[\s\-._,/:;*()]{{0,4}}+){{0,3}}+", re.IGNORECASE
)
_LONGEST_JOIN = 30
_ALIKE = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f\u20e3", " ")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("“”„", '"')
    | dict.fromkeys("‘’", "'")
)
_LETTERS = str.maketrans("oOlLiI", "001111")


class Atom(NamedTuple):
    """A group of figures or one word for a digit."""

    start: int
    end: int
    digits: str
    spoken: bool


Run = Sequence[Atom]
"""Digits that may belong together."""


def plain(text: str) -> str:
    """Return `text`, character for character, with every digit, dash, quote and odd space as the keyboard has it."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.translate(_ALIKE))


def find_runs(text: str) -> Iterator[list[Atom]]:
    """Go through the digits of a `plain` text that belong together, perhaps: only joining signs and words between."""
    run: list[Atom] = []
    for found in _ATOM.finditer(text):
        if run and not _joined(text, run[-1].end, found.start()):
            yield run
            run = []
        run.append(_atom(found, run))
    if run:
        yield run


def digits_of(run: Run) -> str:
    """Return the run's digits one after the other."""
    return "".join(atom.digits for atom in run)


def joins(text: str, run: Run) -> list[str]:
    """Return what stands between the atoms."""
    return [text[before.end : after.start] for before, after in pairwise(run)]


def _joined(text: str, start: int, end: int) -> bool:
    if end - start == 1 and text[start] in " -.":
        return True
    return end - start <= _LONGEST_JOIN and _JOIN.fullmatch(text, start, end) is not None


def _atom(found: re.Match[str], run: list[Atom]) -> Atom:
    written = found[0]
    if written.isdigit():
        return Atom(found.start(), found.end(), written, False)
    digits = _WORDS.get(written.casefold())
    if digits is None:
        return Atom(*found.span(), written.translate(_LETTERS), spoken=False)
    if digits == "0" and len(run) > 1 and _is_dropped(run[-2]):  # "tujuh" began the next tens: it had one
        run[-2] = run[-2]._replace(digits="0")
    if run and run[-1].spoken and digits != "0" and _is_tens(run):  # "dua puluh satu": the nought was none
        run[-1] = run[-1]._replace(digits="")
    return Atom(*found.span(), digits, spoken=True)


def _is_dropped(atom: Atom) -> bool:
    return atom.spoken and not atom.digits


def _is_tens(run: list[Atom]) -> bool:
    return run[-1].digits == "0" and run[-1].end - run[-1].start == len("puluh")
