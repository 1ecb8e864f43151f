"""A mother's maiden name, by which banks know people: what is given as one, not what is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from programme.redaction.passwords import speaks_of_it
from programme.redaction.spans import Secret, Span
from programme.redaction.words import one_of

_NAME = re.compile(
    rf"(?<![^\W_])(?:{one_of('mother')})(?:nya|ku|mu)?(?![^\W_])"
    rf"(?:\s+(?:{one_of('me')}|kandung)(?![^\W_]))*"
    rf"(?P<given>[\s,]*(?:[:=]|\b(?:{one_of('is', 'perhaps is')})(?![^\W_]))[\s:=]*)*[\s,\"'(]*",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(rf"(?<![^\W_])(?:{one_of('mother, asked by the way')})\s+", re.IGNORECASE)
_ASKED = re.compile(rf"(?<![^\W_])(?:{one_of('bank')}|verifikasi)(?![^\W_])", re.IGNORECASE)
_I_WROTE = re.compile(rf"[\s,]*(?:(?:{one_of('me')})\s+)?(?:isi|jawab|tulis|ketik|masukin|masukkan)\s+", re.IGNORECASE)
_ONE = re.compile(r"[^\W\d_]{3,}(?=[^\w]|$)")
_MOST = 3


def find_mothers(text: str) -> Iterator[Span]:
    """Go through the mothers' names in a readable text."""
    for found in _NAME.finditer(text):
        written = _I_WROTE.match(text, found.end())
        yield from _names(text, written.end() if written else found.end(), sure=bool(found["given"]))
    if _ASKED.search(text):
        for found in _BY_THE_WAY.finditer(text):
            yield from _names(text, found.end(), sure=True)


def _names(text: str, at: int, *, sure: bool) -> Iterator[Span]:
    """Take the words from `at` on as long as they may be a name."""
    end = at
    for _ in range(_MOST):
        word = _ONE.match(text, end + (end > at))
        if word is None or (end > at and text[end] != " "):
            break
        if speaks_of_it(word[0]) or (end > at and not word[0][0].isupper()):
            break
        if not (sure or word[0][0].isupper()) and text[word.end() :].strip(" .!?"):
            break
        end = word.end()
    if end > at:
        yield Span(at, end, Secret.MOTHER)
