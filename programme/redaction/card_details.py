"""What stands on a card beside its number: the three figures on its back, and the month until which it is valid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from programme.redaction.around import Around
from programme.redaction.digits import Atom, Run
from programme.redaction.readable import CUT
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import one_of

_ENDING = r"(?:[\- ]?(?:nya|kuh?|mu|na|ne|e|q))?"
_BACK = re.compile(
    rf"(?<![^\W_])(?:{one_of('card detail')}){_ENDING}(?:\s+(?:{one_of('sort of card')}))?(?![^\W_])", re.IGNORECASE
)
_FILLED = rf"(?:[^\w{CUT}]{{1,4}}(?:(?:{one_of('card')}){_ENDING}|{one_of('filler', 'is')})\b){{0,3}}[^\w{CUT}]{{0,4}}"
_EXPIRY = re.compile(
    rf"(?<![^\W_])(?:{one_of('expiry')}){_ENDING}{_FILLED}"
    r"(?P<month>(?:0?[1-9]|1[0-2])[ /.\-]{0,3}(?:20)?[2-3]\d)(?![\d]|[/.\-]\d)",
    re.IGNORECASE,
)
_CARD = re.compile(rf"(?<![a-z])(?:{one_of('card', 'card detail', 'sort of card')})", re.IGNORECASE)
_CLOSE = rf"[^\d{CUT}]{{1,30}}"
_IN_A_ROW = re.compile(  # as on the card: its number, its month and what is on its back, be they named or not
    rf"(?<!\d)(?:\d[ .\-]?){{15}}\d(?:{_CLOSE}(?P<month>(?:0?[1-9]|1[0-2]) ?[/\-] ?(?:20)?[23]\d)(?![\d]|[/\-]\d)"
    rf"(?:{_CLOSE}(?P<behind>\d{{3}})(?!\d|[.,]\d|\s*(?:{one_of('unit', 'counts after')})\b))?"
    rf"|[^\d{CUT}]{{0,20}}\b(?:{one_of('back of a card')})[^\d{CUT}]{{1,12}}(?P<back>\d{{3}})(?!\d))",
    re.IGNORECASE,
)
_LENGTHS = (3, 4)
_FAR = 40
_GAP = 3  # signs between figures that are spelt one by one


def find_card_details(around: Around, runs: Sequence[Run]) -> Iterator[SecretSpan]:
    """Go through the codes on the back of cards and the months of expiry in a readable text."""
    if not runs:
        return
    text = around.text
    atoms = [atom for run in runs for atom in run]
    starts = [atom.start for atom in atoms]
    for name in _BACK.finditer(text):
        at, to = bisect_left(starts, name.start()), bisect_left(starts, name.end())
        behind, before = _one_by_one(atoms[to : to + 5]), _one_by_one(atoms[max(0, at - 5) : at][::-1])[::-1]
        if behind and behind[0].start - name.end() <= _FAR and around.filled(name.end(), behind[0].start):
            yield from _of_its_length(behind)
        if before and name.start() - before[-1].end <= _FAR and around.filled(before[-1].end, name.start()):
            yield from _of_its_length(before)
    yield from _in_a_row(text)
    expiries = list(_EXPIRY.finditer(text))
    if expiries and _CARD.search(text):
        for found in expiries:
            yield SecretSpan(*found.span("month"), Secret.CARD_DETAIL)


def _in_a_row(text: str) -> Iterator[SecretSpan]:
    """Look behind each card's number for its month and the figures on its back: a month's year is never a month."""
    for found in _IN_A_ROW.finditer(text):
        for name in ("month", "behind", "back"):
            if found[name]:
                yield SecretSpan(*found.span(name), Secret.CARD_DETAIL)


def _one_by_one(atoms: list[Atom]) -> list[Atom]:
    """Return the first group of figures, or all that are spelt one by one from there on: "3 0 7", "dua satu tujuh"."""
    spelt = atoms[:1]
    for atom in atoms[1:]:
        last = spelt[-1]
        gap = max(atom.start - last.end, last.start - atom.end)
        if len(atom.digits) > 1 or len(last.digits) > 1 or gap > _GAP:
            break
        spelt.append(atom)
    return spelt


def _of_its_length(atoms: list[Atom]) -> Iterator[SecretSpan]:
    if sum(len(atom.digits) for atom in atoms) in _LENGTHS:
        yield SecretSpan(atoms[0].start, atoms[-1].end, Secret.CARD_DETAIL)
