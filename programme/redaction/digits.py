"""Digits however they are written: in figures, in words, with letters for them, and what joins them to one number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from programme.redaction.readable import CUT
from programme.redaction.words import one_of, rows

_WORDS = {word: digits for word, digits, *_ in rows("digits.tsv")}
_TENS = frozenset(word for word, _, _, place, *_ in rows("digits.tsv") if place == "tens")
_WORD = "|".join(  # by the first letter, which makes it quick, and the longest first
    f"{first}(?:{'|'.join(word[1:] for word in sorted(same, key=len, reverse=True))})"
    for first, same in groupby(sorted(_WORDS), lambda word: word[0])
)
_ATOM = re.compile(
    r"(?<![A-Za-z\d])(?=[oli]*+\d|[oli]{4}(?![a-z\d]))[\doli]++(?![a-z])"
    rf"|\d+|(?<![^\W\d_])(?:{_WORD})+(?![^\W\d_])",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(_WORD, re.IGNORECASE)
_JOIN = re.compile(
    rf"[^\w{CUT}]{{0,5}}+_{{0,2}}+(?>(?:(?:{one_of('joins')})\b[^\w{CUT}]{{0,4}}+){{0,3}})", re.IGNORECASE
)
_LONGEST_JOIN = 30
_THOUSANDS = "ribu"
_LETTERS = str.maketrans("oOlLiI", "001111")


class Atom(NamedTuple):
    """A group of figures or one word for a digit."""

    start: int
    end: int
    digits: str
    spoken: bool


Run = Sequence[Atom]
"""Digits that may belong together."""


def find_runs(text: str) -> Iterator[list[Atom]]:
    """Go through the digits of a readable text that belong together, perhaps: only joining signs and words between.

    What joins is a few signs that are neither letters nor digits, whatever they are.
    """
    run: list[Atom] = []
    for found in _ATOM.finditer(text):
        if run and not _joined(text, run[-1], found):
            yield run
            run = []
        if found[0].isalpha() and found[0].casefold() not in _WORDS:  # words run together, or letters for digits
            for word in _ONE_WORD.finditer(text, *found.span()):
                run.append(_atom(word, run))
        if not run or run[-1].end != found.end():
            run.append(_atom(found, run))
    if run:
        yield run


def digits_of(run: Run) -> str:
    """Return the run's digits one after the other."""
    return "".join(atom.digits for atom in run)


def joins(text: str, run: Run) -> list[str]:
    """Return what stands between the atoms."""
    return [text[before.end : after.start] for before, after in pairwise(run)]


def _joined(text: str, last: Atom, found: re.Match[str]) -> bool:
    start, end = last.end, found.start()
    if end - start == 1 and text[start] in " -.":
        return True
    if last.spoken and found[0].isalpha() and text[start:end].strip().casefold() == _THOUSANDS:
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
    if (
        run and run[-1].spoken and digits != "0" and _is_tens(found.string, run[-1])
    ):  # "dua puluh satu": the nought was none
        run[-1] = run[-1]._replace(digits=run[-1].digits[:-1])
    return Atom(*found.span(), digits, spoken=True)


def _is_dropped(atom: Atom) -> bool:
    return atom.spoken and not atom.digits


def _is_tens(text: str, atom: Atom) -> bool:
    return atom.digits.endswith("0") and text[atom.start : atom.end].casefold() in _TENS
