"""Bank and e-wallet accounts, and the numbers of papers: long numbers that are called so or stand near a bank."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from programme.redaction.around import Around
from programme.redaction.digits import Atom, Run
from programme.redaction.ordinary import PHONES
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import is_a, one_of

_SHORTEST, _LONGEST = 8, 18
_NEAR_A_BANK = 9  # figures that are an account's where a bank is spoken of; hotlines have seven
_UNEXPLAINED = 13  # figures that are somebody's number whatever is said: phone numbers have less
_GROUP = 3
_SHORT_PHONE = 10  # figures: some banks' accounts begin like a phone number
_WORDS_NEAR = 8
_WORDS_PAID = 4  # between "masuk ke" and where it went
_MILLIONS = "000000"  # a round sum, however large
_BETWEEN = one_of("me", "is", "perhaps is", "number of", "bank", "wallet", "of an account", "at a place", "only")
_SIGNS = r"[\s:=.\-*'\"(]*"
_NAME = re.compile(rf"(?<![a-z])(?<!virtual )(?:{one_of('account')})(?![a-z])", re.IGNORECASE)
_FROM_NAME = re.compile(rf"{_SIGNS}(?:(?:{_BETWEEN})(?![a-z]){_SIGNS}){{0,5}}", re.IGNORECASE)
_BEHIND = re.compile(
    rf"[\s,(]*(?:(?:{one_of('is', 'perhaps is')})\s+)?(?:(?:{one_of('number of')})\s*)?"
    rf"(?:{one_of('account')})(?![a-z])",
    re.IGNORECASE,
)
_BEFORE = 60
_PAPERS = re.compile(
    rf"(?<![^\W\d_])(?:{one_of('document')})(?:nya|ku)?(?![^\W\d_])[\s:=.#\-]*"
    rf"(?:(?:{one_of('me', 'is', 'perhaps is', 'number of')})(?![^\W\d_])[\s:=.#]*){{0,3}}"
    r"(?P<number>(?:[A-Z]\s?)?\d(?:[\d.\-/ ]{4,20})\d)(?!\d)",
    re.IGNORECASE,
)


def find_accounts(around: Around, runs: Sequence[Run]) -> Iterator[SecretSpan]:
    """Go through the accounts and papers' numbers among these runs of digits of a readable text."""
    for found in _PAPERS.finditer(around.text) if runs else ():
        if not PHONES.match(found["number"]):
            yield SecretSpan(*found.span("number"), Secret.DOCUMENT)
    names = [found.end() for found in _NAME.finditer(around.text)] if runs else []
    for run in runs:
        for piece in _pieces(run):
            start, end = piece[0].start, piece[-1].end
            count = sum(len(atom.digits) for atom in piece)
            if (
                not _are_few(piece, count)
                and _is_told(around, names, start, end, count)
                and not _is_ordinary(around, start, end)
            ):
                yield SecretSpan(start, end, Secret.ACCOUNT)


def _pieces(run: Run) -> Iterator[list[Atom]]:
    """Cut a run into what may be one account: figures with nothing but a sign or two between."""
    piece: list[Atom] = []
    length = 0
    for atom in run:
        another = length >= _SHORTEST and len(atom.digits) >= _SHORTEST
        if piece and (atom.start - piece[-1].end > 1 or another or length + len(atom.digits) > _LONGEST):
            yield from _long_enough(piece)
            piece, length = [], 0
        piece.append(atom)
        length += len(atom.digits)
    yield from _long_enough(piece)


def _long_enough(piece: list[Atom]) -> Iterator[list[Atom]]:
    count = sum(len(atom.digits) for atom in piece)
    if count >= (_NEAR_A_BANK if any(atom.spoken for atom in piece) else _SHORTEST):
        yield piece


def _are_few(piece: list[Atom], count: int) -> bool:
    """Tell whether the figures stand in ones and twos, as waves and counts do; an account is spelt one by one."""
    if max(len(atom.digits) for atom in piece) >= _GROUP:
        return False
    if piece[0].spoken:
        return False
    if count < _NEAR_A_BANK or any(len(atom.digits) > 1 for atom in piece):
        return True
    steps = {int(after.digits or 0) - int(before.digits or 0) for before, after in pairwise(piece)}
    return len(steps) == 1


def _is_told(around: Around, names: list[int], start: int, end: int, count: int) -> bool:
    text = around.text
    if around.follows(start, "no account"):
        return False
    named = names[bisect_left(names, start - _BEFORE) : bisect_right(names, start)]
    if any(_FROM_NAME.fullmatch(text, name, start) for name in named):
        return True
    if count < _NEAR_A_BANK:
        return False
    if around.ordinary.covered(start, start + 1, "phone"):
        return count <= _SHORT_PHONE and _is_beside_a_bank(around, start, end)
    if text[start - 1 : start].isalpha():
        return False
    if count >= _UNEXPLAINED or _BEHIND.match(text, end) is not None or around.near(start, end, "bank", _WORDS_NEAR):
        return True
    return count > _NEAR_A_BANK and any(is_a(word.text, "paid into") for word in around.before(start, _WORDS_PAID))


def _is_beside_a_bank(around: Around, start: int, end: int) -> bool:
    """Tell whether a bank's name is right before or behind, but for whose account it is: "BNI-ku 0881227734"."""
    before = around.before(start, 2)
    mine = len(before) > 1 and is_a(before[0].text, "me") and is_a(before[1].text, "bank")
    return mine or around.near(start, end, "bank", 1)


def _is_ordinary(around: Around, start: int, end: int) -> bool:
    if around.text[start:end].isdigit() and around.text.endswith(_MILLIONS, start, end):
        return True
    covered = around.ordinary.covered(start, end, "price", "date", "hour", "order", "address", "year", "place")
    return 2 * covered > end - start
