"""A mother's maiden name, by which banks know people: what is given as one, not what is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from programme.redaction.passwords import speaks_of_it
from programme.redaction.spans import Secret, Span
from programme.redaction.words import one_of, words

_NAME = re.compile(
    rf"(?<![^\W_])(?:{one_of('mother')})(?:nya|ku|mu)?(?![^\W_])"
    rf"(?:\s+(?:{one_of('me', 'own by blood')})(?![^\W_]))*"
    rf"(?P<given>[\s,]*(?:[:=]|\b(?:{one_of('is', 'perhaps is')})(?![^\W_]))[\s:=]*)*[\s,\"'(]*",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(rf"(?<![^\W_])(?:{one_of('mother, asked by the way')})\s+", re.IGNORECASE)
_ASKED = re.compile(rf"(?<![^\W_])(?:{one_of('bank')}|verifikasi)(?![^\W_])", re.IGNORECASE)
_I_WROTE = re.compile(rf"[\s,]*(?:(?:{one_of('me')})\s+)?(?:{one_of('wrote')})\s+", re.IGNORECASE)
_ONE = re.compile(r"[^\W\d_]{3,}(?=[^\w]|$)")
_ELSEWHERE = re.compile(
    rf"(?<![^\W_])(?:{one_of('elsewhere')})(?:nya)?\s+(?:(?:{one_of('wrote', 'is')})\s+)?", re.IGNORECASE
)
_ENDS = re.compile(rf"\s*(?:$|[\n,;.!?)]|(?:{one_of('ends')})\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MOST = 3
_FAR = 60  # characters behind the name in which it may come once more
_CLAUSE = 30  # characters before the words for it in which somebody asks for one


def find_mothers(text: str) -> Iterator[Span]:
    """Go through the mothers' names in a readable text."""
    for found in _NAME.finditer(text):
        written = _I_WROTE.match(text, found.end())
        names = list(_names(text, written.end() if written else found.end(), sure=bool(found["given"])))
        if names and not (text[names[0].start].islower() and not found["given"] and _is_asked(text, found.start())):
            yield from names
            for again in _ELSEWHERE.finditer(text, names[0].end, names[0].end + _FAR):
                if text[again.end() : again.end() + 1].isupper():
                    yield from _names(text, again.end(), sure=False)
    by_the_way = list(_BY_THE_WAY.finditer(text))
    if by_the_way and _ASKED.search(text):
        for found in by_the_way:
            yield from _names(text, found.end(), sure=True)


def _names(text: str, at: int, *, sure: bool) -> Iterator[Span]:
    """Take the words from `at` on as long as they may be a name; in small letters, only up to where one ends."""
    end = at
    small = False
    for _ in range(_MOST):
        word = _ONE.match(text, end + (end > at))
        if word is None or (end > at and text[end] != " "):
            break
        if (
            speaks_of_it(word[0])
            or _ENDS.match(text, word.start())
            or (end > at and not small and word[0][0].islower())
        ):
            break
        small = small or word[0][0].islower()
        end = word.end()
    if end > at and (sure or not small or _ENDS.match(text, end)):
        yield Span(at, end, Secret.MOTHER)


def _is_asked(text: str, at: int) -> bool:
    """Tell whether the name is asked for: "masa harus isi nama ibu kandung segala"."""
    before = _WORD.findall(text[max(0, at - _CLAUSE) : at].casefold())
    return not words("asks for it").isdisjoint(before)
