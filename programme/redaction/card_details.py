"""What stands on a card beside its number: the three figures on its back, and the month until which it is valid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from programme.redaction.around import Around
from programme.redaction.digits import Atom, Run
from programme.redaction.readable import CUT
from programme.redaction.spans import Secret, Span
from programme.redaction.words import one_of

_ENDING = r"(?:[\- ]?(?:nya|ku|mu|na|ne))?"
_BACK = re.compile(rf"(?<![^\W_])(?:{one_of('card detail')}){_ENDING}(?![^\W_])", re.IGNORECASE)
_FILLED = rf"(?:[^\w{CUT}]{{1,4}}(?:{one_of('filler', 'is')})\b){{0,3}}[^\w{CUT}]{{0,4}}"
_EXPIRY = re.compile(
    rf"(?<![^\W_])(?:{one_of('expiry')}){_ENDING}{_FILLED}"
    r"(?P<month>(?:0?[1-9]|1[0-2])[ /.\-]{0,3}(?:20)?[2-3]\d)(?![\d]|[/.\-]\d)",
    re.IGNORECASE,
)
_CARD = re.compile(rf"(?<![a-z])(?:{one_of('card', 'card detail', 'sort of card')})", re.IGNORECASE)
_LENGTHS = (3, 4)
_FAR = 40


def find_card_details(around: Around, runs: Sequence[Run]) -> Iterator[Span]:
    """Go through the codes on the back of cards and the months of expiry in a readable text."""
    if not runs:
        return
    text = around.text
    atoms = [atom for run in runs for atom in run]
    starts = [atom.start for atom in atoms]
    for name in _BACK.finditer(text):
        at, to = bisect_left(starts, name.start()), bisect_left(starts, name.end())
        for atom in atoms[to : to + 1]:
            if atom.start - name.end() <= _FAR and around.filled(name.end(), atom.start):
                yield from _of_its_length(atom)
        for atom in atoms[max(0, at - 1) : at]:
            if name.start() - atom.end <= _FAR and around.filled(atom.end, name.start()):
                yield from _of_its_length(atom)
    if _CARD.search(text):
        for found in _EXPIRY.finditer(text):
            yield Span(*found.span("month"), Secret.CARD_DETAIL)


def _of_its_length(atom: Atom) -> Iterator[Span]:
    if len(atom.digits) in _LENGTHS:
        yield Span(atom.start, atom.end, Secret.CARD_DETAIL)
