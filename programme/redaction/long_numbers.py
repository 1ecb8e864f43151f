"""Card numbers and NIKs: sixteen digits, however they are written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from programme.redaction.around import Around
from programme.redaction.digits import Atom, Run, digits_of, joins
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import one_of

_LENGTH = 16
_MOST = 19
_SPOKEN_FROM, _SPOKEN_TO = 13, 22  # who speaks digits swallows one or says one twice, and tens count unclearly
_NAMED_FROM = 12
_ENDING = r"(?:[\- ]?(?:nya|ku|mu|na|ne|e|q))?"
_NIK, _CARD = one_of("nik"), one_of("card")
_LABELS = re.compile(
    rf"(?<![a-z])(?:(?P<nik>(?:{_NIK}){_ENDING})|(?P<card>(?:{_CARD}){_ENDING}))(?![a-z])", re.IGNORECASE
)
_SIGNS = r"[\s:=.*\"'(#]*"
_NAMED = re.compile(
    rf"(?<![a-z])(?:(?:{_NIK}){_ENDING}|(?:(?:{one_of('number of')})\s*)?(?:{_CARD}){_ENDING})(?![a-z])"
    rf"{_SIGNS}(?:(?:{one_of('me', 'is', 'perhaps is', 'number of', 'of a number')})\b{_SIGNS}){{0,4}}$",
    re.IGNORECASE,
)
_ORDER = re.compile(
    rf"(?<![a-z])(?:{one_of('no account')})(?:nya)?[\s:#]*(?:(?:{one_of('number of', 'bank')}|id)[\s:#]*){{0,2}}$",
    re.IGNORECASE,
)
_BILLED = re.compile(
    rf"(?<![a-z])(?:{one_of('billed')})(?:nya)?[\s:#]*(?:(?:{one_of('number of', 'bank')})[\s:#]*){{0,2}}$",
    re.IGNORECASE,
)
_PART_OF_A_PATH = re.compile(r"/\d+(?:[/?#\s]|$)")
_YEAR = re.compile(r"20[0-4]\d")
# Province, district, day (women: + 40), month, year of birth; provinces as the Ministry of Home Affairs counts them
_BIRTHDAY = re.compile(r"(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{4}(\d\d)(?:0[1-9]|1[0-2])\d{6}")
_BEFORE, _AFTER = 45, 25


def find_long_numbers(around: Around, runs: Sequence[Run]) -> Iterator[SecretSpan]:
    """Go through the card numbers and NIKs in a readable text with these runs of digits."""
    runs = [run for run in runs if run[-1].end - run[0].start >= _NAMED_FROM]
    if not runs:
        return
    labels = [(found.start(), found.end(), found.lastgroup == "nik") for found in _LABELS.finditer(around.text)]
    for run in runs:
        for number in _numbers(around, run):
            yield SecretSpan(number[0].start, number[-1].end, _kind(labels, number))


def _numbers(around: Around, run: Run) -> Iterator[Run]:
    """Cut the run into the numbers that are sixteen digits long, or about so where they are named or spoken."""
    at = 0
    for place, atom in enumerate(run):
        if not atom.spoken and len(atom.digits) >= _LENGTH and not _is_ordinary(around, [atom]):
            yield from _among(around, run[at:place])
            yield [atom]
            at = place + 1
    yield from _among(around, run[at:])


def _among(around: Around, run: Run) -> Iterator[Run]:
    """Look for neighbours that make sixteen digits together; all of a run, if it is no longer than that."""
    total = sum(len(atom.digits) for atom in run)
    if total < _NAMED_FROM:
        return
    if _fits(around.text, run, total) and not _is_ordinary(around, run):
        yield run
        return
    first = last = length = 0
    while first < len(run):
        while last < len(run) and length < _LENGTH:
            length += len(run[last].digits)
            last += 1
        if length < _LENGTH:
            return
        window = run[first:last]
        if length == _LENGTH and not _is_ordinary(around, window, whole=False):
            while last < len(run) and not run[last].digits:
                last += 1
            yield run[first:last]
            first, length = last, 0
        elif around.ordinary.covered(window[0].start, window[-1].end) == window[-1].end - window[0].start:
            first, length = last, 0
        else:
            length -= len(run[first].digits)
            first += 1


def _fits(text: str, run: Run, total: int) -> bool:
    if any(atom.spoken for atom in run):
        return _SPOKEN_FROM <= total <= _SPOKEN_TO
    if total == _LENGTH:
        return True
    return (
        total <= _MOST
        and run[0].digits[0] != "0"
        and _NAMED.search(text, max(0, run[0].start - _BEFORE), run[0].start) is not None
    )


def _is_ordinary(around: Around, run: Run, *, whole: bool = True) -> bool:
    """Tell whether these are years, dates, prices, phone or order numbers that happen to make sixteen digits."""
    if len(run) == 1:
        return _is_order(around, run[0])
    if whole and _BILLED.search(around.text, max(0, run[0].start - _BEFORE), run[0].start):
        return True
    groups = [atom.digits for atom in run]
    if all(_YEAR.fullmatch(group) for group in groups) or all(group.endswith("000") for group in groups):
        return True
    if len(run) >= _LENGTH or (whole and len({*joins(around.text, run)}) == 1 and _even(around.text, run)):
        return _counting(run)
    covered = around.ordinary.covered(run[0].start, run[-1].end)
    return _counting(run) or 2 * covered > run[-1].end - run[0].start


def _is_order(around: Around, atom: Atom) -> bool:
    """Tell whether one group of figures is the number of an order, or part of an address on the net."""
    if _ORDER.search(around.text, max(0, atom.start - _BEFORE), atom.start):
        return True
    if len(atom.digits) == _LENGTH and _PART_OF_A_PATH.match(around.text, atom.start - 1, atom.end + 1):
        return False
    kinds = ("address", "order") if len(atom.digits) >= _LENGTH else ("address", "order", "phone")
    return around.ordinary.covered(atom.start, atom.end, *kinds) > 0


def _even(text: str, run: Run) -> bool:
    """Tell whether the groups are all of one length, the last one aside: nobody writes prices or dates so."""
    sizes = {len(atom.digits) for atom in run[:-1]}
    return len(sizes) == 1 and (sizes != {3} or "." not in joins(text, run))


def _counting(run: Run) -> bool:
    """Tell whether somebody counts: 12 13 14 15 16 17 18 19."""
    if not 4 < len(run) < _LENGTH or any(not atom.digits for atom in run):
        return False
    return len({int(after.digits) - int(before.digits) for before, after in pairwise(run)}) == 1


def _kind(labels: list[tuple[int, int, bool]], number: Run) -> Secret:
    """Tell by the nearest word before, then after, then by the birthday inside a NIK."""
    start, end = number[0].start, number[-1].end
    at = bisect_left(labels, (start,))
    for _, stop, nik in labels[max(0, at - 1) : at]:
        if start - _BEFORE <= stop <= start:
            return Secret.NIK if nik else Secret.CARD
    behind = {nik for first, _, nik in labels[at : at + 3] if end <= first <= end + _AFTER}
    if behind:
        return Secret.NIK if True in behind else Secret.CARD
    born = _BIRTHDAY.fullmatch(digits_of(number))
    return Secret.NIK if born and 1 <= int(born[1]) % 40 <= 31 else Secret.CARD
