"""Which of several moments is meant: *jangan nanti malam, ada acara, besok jam 9 saja* sets the first aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from handlers.understanding.entities import dates, hours
from handlers.understanding.entities.clock_time import PARTS
from handlers.understanding.entities.days import WEEKDAYS
from handlers.understanding.entities.span import Asked
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token

_DENIES: Final = frozenset(
    (
        *("jangan", "jang", "bukan", "batal", "ralat", "salah", "diganti", "ganti", "ubah", "geser", "undur"),
        *("mundur", "tidak jadi", "tidak usah", "not"),
        *("tidak bisa", "belum bisa", "tidak sempat", "belum sempat", "repot", "sibuk", "riweuh", "busy"),
    )
)
_BUYS: Final = frozenset(("beli", "membeli", "checkout", "bayar", "buy"))
_REMINDS: Final = ("ingat", "inget", "remind", "kabar")
_PARTS: Final = frozenset((",", ".", ";", "!", "?", "\n", "tapi"))
_DAYS: Final = frozenset(("besok", "lusa", "nanti", "sebentar", *WEEKDAYS))
_AHEAD: Final = frozenset(("besok", "lusa"))
_UNTIL: Final = frozenset(("sampai", "hingga"))
_WITHIN: Final = frozenset(("saja", "jam", "pukul", "hari", "ini", "tanggal", "di", "waktu"))
"""Words that part no moment in two."""


def moment_meant(text: str, *, today: date) -> str:
    """Return the words of the moment that a text names in place of one that it sets aside; else the text.

    A moment until which something else lasts is none where another is named. The one with *saja* is chosen, and the
    one at which it is bought; of a day that is named beside such an hour, that hour is meant.

    Of those that are left, the last that names an hour is meant.
    """
    tokens = spelt(text)
    timed = _hours(tokens)
    named = timed | _days(tokens, today) | {at for at, token in enumerate(tokens) if token.word in {*PARTS, *_DAYS}}
    groups = _groups(tokens, named, {clock.first for clock in hours.clocks(tokens)})
    own = [group for group in groups if not _is_an_end(tokens, group[0])]
    if 0 < len(own) < len(groups) and not any(_denies(tokens, at) for at in range(len(tokens))):
        return text[tokens[own[-1][0]].start : tokens[own[-1][-1]].end]
    if (bought := _with_purchase(tokens, groups, timed) or _chosen(tokens, groups, timed)) is not None:
        return _of_the_day(text, tokens, bought, groups)
    denial = None if not groups else next((at for at, token in enumerate(tokens) if _denies(tokens, at)), None)
    if denial is None or len(groups) == 1 or denial > groups[-1][0]:
        return text
    meant = next((group for group in reversed(groups) if timed & set(group)), groups[-1])
    return text[tokens[meant[0]].start : tokens[meant[-1]].end]


def _with_purchase(tokens: Sequence[Token], groups: list[list[int]], timed: set[int]) -> list[int] | None:
    """Return the one moment whose clause says that it is bought then: *besok jam 8 ke kota, belinya lusa jam 9*."""
    if len(groups) < 2:
        return None
    clauses = [[tokens[at] for at in _clause_around(tokens, group[0])] for group in groups]
    reminded = any(
        set(group) & timed and any(token.raw.find(word) >= 0 for token in clause for word in _REMINDS)
        for group, clause in zip(groups, clauses, strict=True)
    )
    bought = [
        group for group, clause in zip(groups, clauses, strict=True) if any(token.word in _BUYS for token in clause)
    ]
    to_the_hour = any(set(group) & timed for group in groups)  # where one names an hour, that one is meant
    found = len(bought) == 1 and not reminded and (not to_the_hour or bool(set(bought[0]) & timed))
    return bought[0] if found else None


def _chosen(tokens: Sequence[Token], groups: list[list[int]], timed: set[int]) -> list[int] | None:
    """Return the one hour that is chosen from several: *pulang jam 3, jam 4 sore aja besok*."""
    if len(groups) < 2 or any(_denies(tokens, at) for at in range(len(tokens))):
        return None
    of_hours = [group for group in groups if timed & set(group)]
    chosen = [group for group in of_hours if _is_with_saja(tokens, max(timed & set(group)))]
    return chosen[0] if len(of_hours) > 1 and len(chosen) == 1 else None


def _is_with_saja(tokens: Sequence[Token], last: int) -> bool:
    return last + 1 < len(tokens) and tokens[last + 1].word == "saja"


def _of_the_day(text: str, tokens: Sequence[Token], meant: list[int], groups: list[list[int]]) -> str:
    """Return the words of a moment, with the one day that is named elsewhere: *rabu aja, jam 1 siang ibu beli*."""
    words = text[tokens[meant[0]].start : tokens[meant[-1]].end]
    days = {tokens[at].word for group in groups for at in group if _is_a_day(tokens[at])}
    if any(_is_a_day(tokens[at]) for at in meant) or len(days) != 1:
        return words
    return f"{days.pop()} {words}"


def _is_a_day(token: Token) -> bool:
    return token.word in _AHEAD or token.raw in WEEKDAYS


def _clause_around(tokens: Sequence[Token], at: int) -> range:
    """Return the places of the clause that a word stands in."""
    first = next(
        (before + 1 for before in range(at, -1, -1) if tokens[before].raw in _PARTS or tokens[before].word in _PARTS), 0
    )
    after = range(at, len(tokens))
    return range(
        first,
        next((place for place in after if tokens[place].raw in _PARTS or tokens[place].word in _PARTS), len(tokens)),
    )


def _is_an_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether a moment only ends something else: *piket sampai sore*."""
    return at > 0 and tokens[at - 1].word in _UNTIL


def _denies(tokens: Sequence[Token], at: int) -> bool:
    both = {f"{one.word} {next_.word}" for one, next_ in pairwise(tokens[at : at + 2])}
    return bool(({tokens[at].word, tokens[at].raw} | both) & _DENIES)


def _hours(tokens: list[Token]) -> set[int]:
    """Return the places of the words that name an hour."""
    return {at for clock in hours.clocks(tokens) for at in range(clock.first, clock.last)}


def _days(tokens: list[Token], today: date) -> set[int]:
    return {at for span in dates.find(tokens, Asked(today, ahead=True)) for at in range(span.first, span.last)}


def _groups(tokens: Sequence[Token], named: set[int], clocks: set[int]) -> list[list[int]]:
    """Return the places of the words of each moment; none has two hours: *jam tujuh jam sembilan*."""
    groups: list[list[int]] = []
    for at in sorted(named):
        between = tokens[groups[-1][-1] + 1 : at] if groups else ()
        second = at in clocks and bool(groups) and not clocks.isdisjoint(groups[-1])
        if groups and not second and all(token.word in _WITHIN for token in between):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
