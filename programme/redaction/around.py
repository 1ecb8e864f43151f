"""The words around a number: which come right before and behind it, and what they make of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from programme.redaction.ordinary import Ordinary
from programme.redaction.words import is_a, one_of

_WORD = re.compile(r"(?<![^\W_])[o0][\W_]{0,2}t[\W_]{0,2}p(?![^\W\d_])|[^\W\d_]+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LIMIT = re.compile(r"(?<!\d)[3-8]\s?(?:digit|angka)", re.IGNORECASE)
_MONTH = re.compile(rf"(?:{one_of('month')})", re.IGNORECASE)
_FILLERS = 7
_LINKS = 3


class Word(NamedTuple):
    """A word in small letters, and where it stands."""

    start: int
    end: int
    text: str


class Around:
    """The words of a readable text, and its ordinary numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ordinary = Ordinary(text)

    @cached_property
    def words(self) -> list[Word]:
        """All words, in order; "o.t.p" is one."""
        return [
            Word(found.start(), found.end(), found[0].casefold() if found[0].isalpha() else "otp")
            for found in _WORD.finditer(self.text)
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    def before(self, start: int, most: int) -> list[Word]:
        """Return the words before `start`, the nearest first."""
        at = bisect_right(self._ends, start)
        return self.words[max(0, at - most) : at][::-1]

    def behind(self, end: int, most: int) -> list[Word]:
        """Return the words behind `end`, the nearest first."""
        at = bisect_left(self._starts, end)
        return self.words[at : at + most]

    def filled(self, start: int, end: int) -> bool:
        """Tell whether nothing but fillers stands between: "kode yang masuk di hp saya barusan", or a day."""
        at, to = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if to - at > _FILLERS:
            return False
        if not _DIGIT.search(_LIMIT.sub("", self.text[start:end])):
            return all(is_a(word.text, "filler") for word in self.words[at:to])
        return self._dated(start, end, self.words[at:to])

    def _dated(self, start: int, end: int, words: list[Word]) -> bool:
        """Tell whether the figures between are a day or an hour, and the words fillers or about when it was."""
        figures = _DIGIT.finditer(self.text, start, end)
        if not all(self.ordinary.covered(figure.start(), figure.end(), "date", "hour") for figure in figures):
            return False
        return all(
            is_a(word.text, "filler")
            or is_a(word.text, "when")
            or self.ordinary.covered(word.start, word.end, "date", "hour")
            for word in words
        )

    def follows(self, start: int, kind: str) -> bool:
        """Tell whether the word before `start` is of a kind, with no more than linking words between."""
        for word in self.before(start, _LINKS + 1):
            if _is_counting(word.text) if kind == "counts before" else is_a(word.text, kind):
                return True
            if not (is_a(word.text, "linking") or is_a(word.text, "bank")):
                return False
        return False

    def precedes(self, end: int, kind: str) -> bool:
        """Tell whether the word right behind `end` is of a kind."""
        behind = self.behind(end, 1)
        return bool(behind) and not self.text[end : behind[0].start].strip(" -.") and is_a(behind[0].text, kind)

    def near(self, start: int, end: int, kind: str, most: int) -> bool:
        """Tell whether a word of a kind is among the `most` before or behind."""
        return any(is_a(word.text, kind) for word in (*self.before(start, most), *self.behind(end, most)))


def _is_counting(word: str) -> bool:
    return is_a(word, "counts before") or _MONTH.fullmatch(word) is not None
