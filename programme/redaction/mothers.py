"""A mother's maiden name, by which banks know people: what is given as one, not what is said about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from programme.redaction.password_shapes import speaks_of_it
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import one_of, words

_NAME = re.compile(
    rf"(?<![^\W_])(?:{one_of('mother')})(?:nya|ku|mu)?(?![^\W_])"
    rf"(?:\s+(?:{one_of('me', 'own by blood')})(?![^\W_]))*"
    rf"(?P<between>(?:\s+(?:{one_of('me', 'mother, in between')})(?![^\W_]))*)"
    rf"(?P<given>[\s,]*(?:[:=]|\b(?:{one_of('is', 'perhaps is')})(?![^\W_]))[\s:=]*)*[\s,\"'(]*",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(rf"(?<![^\W_])(?:{one_of('mother, asked by the way')})\s+", re.IGNORECASE)
_LISTED = re.compile(  # "Budi, 3174..., bca 6040..., ibu Sulastri": all that a bank asks for, in a row
    r"(?:^|[,;/\n])\s*(?:nama\s+)?(?:ibu|mama|mamah|emak|mamak|mbok|bunda|mother|mom)(?:ku|nya)?\s*[:=]?\s+(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_NIK = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_ASKED = re.compile(rf"(?<![^\W_])(?:{one_of('bank')}|{one_of('mother')}|verifikasi)(?![^\W_])", re.IGNORECASE)
_I_WROTE = re.compile(rf"[\s,]*(?:(?:{one_of('me')})\s+)?(?:{one_of('wrote')})\s+", re.IGNORECASE)
_ONE = re.compile(r"[^\W\d_]{3,}(?=[^\w]|$)")
_TITLE = one_of("name title")
_AHEAD = re.compile(  # "Hj.", "Dra. Hj.", "R.A.", "Wa", and between two names "binti"
    rf"(?:(?:(?:{_TITLE})\.\s?|(?=(?-i:[A-Z]))(?:{_TITLE})\s|(?-i:[A-Z])\.\s?"
    rf"|(?:{one_of('name particle')})\s(?=(?-i:[A-Z]))|(?:{one_of('between names')})\s))*(?=[^\W\d_]{{2}})",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    rf"(?<![^\W_])(?:{one_of('elsewhere')})(?:nya)?\s+(?:(?:{one_of('wrote', 'is')})\s+)?", re.IGNORECASE
)
_ENDS = re.compile(rf"\s*(?:$|[\n,;.!?)]|(?:{one_of('ends')})\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MOST = 4
_MOST_SMALL = 3
_FAR = 60  # characters behind the name in which it may come once more
_CLAUSE = 30  # characters before the words for it in which somebody asks for one


def find_mothers(text: str) -> Iterator[SecretSpan]:
    """Go through the mothers' names in a readable text."""
    for found in _NAME.finditer(text):
        written = _I_WROTE.match(text, found.end())
        names = list(_names(text, written.end() if written else found.end(), sure=bool(found["given"])))
        if names and not (text[names[0].start].islower() and not found["given"] and _is_about_it(text, found)):
            yield from names
            for again in _ELSEWHERE.finditer(text, names[0].end, names[0].end + _FAR):
                if text[again.end() : again.end() + 1].isupper():
                    yield from _names(text, again.end(), sure=False)
    for found in _LISTED.finditer(text) if _NIK.search(text) else ():
        yield from (name for name in _names(text, found.end(), sure=False) if _ENDS.match(text, name.end))
    by_the_way = list(_BY_THE_WAY.finditer(text))
    if by_the_way and _ASKED.search(text):
        for found in by_the_way:
            yield from _names(text, found.end(), sure=True)


def _names(text: str, at: int, *, sure: bool) -> Iterator[SecretSpan]:
    """Take the words from `at` on as long as they may be a name; in small letters, only up to where one ends."""
    end = at
    small = False
    for count in range(_MOST):
        if end > at and text[end : end + 1] != " ":
            break
        ahead = _AHEAD.match(text, end + (end > at))
        word = _ONE.match(text, ahead.end()) if ahead else None
        if word is None or speaks_of_it(word[0]) or _ENDS.match(text, word.start()):
            break
        if end > at and not small and word[0][0].islower():
            break
        small = small or word[0][0].islower()
        if small and count >= _MOST_SMALL:
            break
        end = word.end()
    if end > at and (sure or not small or _ENDS.match(text, end)):
        yield SecretSpan(at, end, Secret.MOTHER)


def _is_about_it(text: str, found: re.Match[str]) -> bool:
    """Tell whether the name is asked for, "masa harus isi nama ibu kandung segala", or it is said where it stands."""
    before = _WORD.findall(text[max(0, found.start() - _CLAUSE) : found.start()].casefold())
    return bool(found["between"]) or not words("asks for it").isdisjoint(before)
