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

_BEFORE_IT: Final = frozenset(("jangan", "jang", "bukan", "tidak usah", "not"))
"""Words that set aside what follows at once, else what stands before them in the clause."""
_FAILS: Final = frozenset(
    (
        *("batal", "batalkan", "salah", "keliru", "tidak jadi", "jangan jadi"),
        *("tidak bisa", "belum bisa", "tidak sempat", "belum sempat", "repot", "sibuk", "riweuh", "busy"),
    )
)
"""Words that set aside what stands before them in the clause, else what follows in it."""
_MOVES: Final = frozenset(
    (
        *("ganti", "diganti", "gantikan", "ubah", "diubah", "geser", "digeser", "undur", "diundur", "mundur", "ralat"),
        *("mundurkan", "mundurin", "maju", "majukan", "majuin", "pindah", "dipindah", "pindahkan", "tukar", "move"),
    )
)
"""Words that lead from one moment to another, which is the last of their clause."""
_LEADS_TO: Final = frozenset(("jadi", "jadinya", "jadikan", "menjadi", "ke", "mending", "mendingan"))
_BUYS: Final = frozenset(("beli", "membeli", "checkout", "bayar", "buy"))
_REMINDS: Final = ("ingat", "inget", "remind", "kabar")
_PARTS: Final = frozenset((",", ".", ";", "!", "?", "\n", "tapi"))
_DAYS: Final = frozenset(("besok", "lusa", "nanti", "sebentar", *WEEKDAYS))
_AHEAD: Final = frozenset(("besok", "lusa"))
_UNTIL: Final = frozenset(("sampai", "hingga"))
_WITHIN: Final = frozenset(("saja", "jam", "pukul", "hari", "ini", "tanggal", "di", "waktu"))
"""Words that part no moment in two."""
_NEAR: Final = 2  # words
_URGED: Final = frozenset(("lupa", "sampai", "telat", "lewat", "kelewatan", "terlambat"))
"""What nobody wants to do behind *jangan*, which says nothing against the moment."""


def moment_meant(text: str, *, today: date) -> str:
    """Return the words of the moment that a text names in place of one that it sets aside; else the text.

    A moment until which something else lasts is none where another is named, nor is one that is denied, wherever it
    is named again. Of the others that one is meant that is moved to, or chosen with *saja*; at which it is bought; of
    which it asks to be reminded; else where one was denied the last that names an hour, and where none was, the only
    hour that stands with a day of its own.
    """
    tokens = spelt(text)
    timed, days = _hours(tokens), _days(tokens, today)
    named = timed | days | {at for at, token in enumerate(tokens) if token.word in {*PARTS, *_DAYS}}
    groups = _groups(tokens, named, {clock.first for clock in hours.clocks(tokens)})
    said = _Said(tokens, timed, days, groups)
    if groups and not said.kept:
        return ""
    if len(groups) < 2:
        return text
    if (meant := said.moved_to()) is None and said.is_denied:
        meant = said.chosen() or said.asked_for() or said.last()
    elif meant is None:
        own = said.none_that_ends()
        if 0 < len(own) < len(groups):
            return text[tokens[own[-1][0]].start : tokens[own[-1][-1]].end]
        meant = _with_purchase(tokens, groups, timed) or said.chosen() or said.asked_for() or said.with_its_day()
    return text if meant is None else _of_the_day(text, tokens, meant, said.kept)


class _Said:
    """The moments that a text names, each as the places of its words, without those that it sets aside."""

    def __init__(self, tokens: Sequence[Token], timed: set[int], days: set[int], groups: list[list[int]]) -> None:
        self._tokens, self._timed, self._days, self._groups = tokens, timed, days, groups
        denied = {place for at in range(len(tokens)) for place in self._denied_at(at)}
        again = {self._words(groups[place]) for place in denied}
        self.kept = [
            group for place, group in enumerate(groups) if place not in denied and self._words(group) not in again
        ]
        self.is_denied = bool(denied) or any(self._is_one_of(at, _BEFORE_IT | _FAILS) for at in range(len(tokens)))

    def none_that_ends(self) -> list[list[int]]:
        """Return the moments that end nothing else."""
        return [group for group in self.kept if not _is_an_end(self._tokens, group[0])]

    def moved_to(self) -> list[int] | None:
        """Return the moment that takes the place of another: *kase pindah ka jam ampat*, *jadi jam 7*."""
        found: list[int] | None = None
        for at in range(len(self._tokens)):
            if self._is_one_of(at, _MOVES):
                clause = _clause_around(self._tokens, at, self._timed)
                inside = [group for group in self.kept if at < group[0] < clause.stop]
                found = inside[-1] if inside else found
        led = [group for group in self.kept if group[0] > 0 and self._tokens[group[0] - 1].word in _LEADS_TO]
        return found or (led[-1] if len(led) == 1 and set(led[0]) & self._timed and self.is_denied else None)

    def chosen(self) -> list[int] | None:
        """Return the one that is chosen from several: *pulang jam 3, jam 4 sore aja besok*, *lusa aja habis subuh*."""
        chosen = [group for group in self.kept if self._is_chosen(group)]
        of_hours = [group for group in chosen if set(group) & self._timed] or chosen
        if len(of_hours) != 1 or len(self.kept) < 2:
            return None
        clause = _clause_around(self._tokens, of_hours[0][0], self._timed)
        return self._joined([group for group in self.kept if group[0] in clause and group[0] >= of_hours[0][0]])

    def asked_for(self) -> list[int] | None:
        """Return the hour of which it is asked to be reminded: *rabu pulang, ingatkan jam 3 pagi hari kamis*."""
        asked = next((at for at, token in enumerate(self._tokens) if token.word == "ingatkan"), None)
        if asked is None:
            return None
        clause = _clause_around(self._tokens, asked, self._timed)
        inside = [group for group in self.kept if group[0] in clause]
        behind = [group for group in inside if group[0] > asked] or inside
        return self._joined(behind)  # *ingatkan tanggal 20 habis magrib*

    def _joined(self, groups: list[list[int]]) -> list[int] | None:
        """Return moments of one clause as one; None where two hours are among them, or the hour stands elsewhere."""
        of_hours = [group for group in groups if set(group) & self._timed]
        elsewhere = not of_hours and set().union(*self.kept) & self._timed
        return None if len(of_hours) > 1 or elsewhere else sorted(at for group in groups for at in group) or None

    def with_its_day(self) -> list[int] | None:
        """Return the only hour that is named, where a day of its own stands with it, and others stand elsewhere."""
        of_hours = [group for group in self.kept if set(group) & self._timed]
        own = len(of_hours) == 1 and any(_is_a_day(self._tokens[at]) or at in self._days for at in of_hours[0])
        return of_hours[0] if own else None

    def last(self) -> list[int] | None:
        several = self._those_with_an_hour()
        return several[-1] if several else None

    def _those_with_an_hour(self) -> list[list[int]]:
        """Return the moments that name an hour, where any does; else all."""
        return [group for group in self.kept if set(group) & self._timed] or self.kept

    def _denied_at(self, at: int) -> list[int]:
        """Return which moment is set aside by the word at a place; *jangan lupa jam 8* sets none aside."""
        before_it = self._is_one_of(at, _BEFORE_IT)
        urges = before_it and at + 1 < len(self._tokens) and self._tokens[at + 1].word in _URGED
        if urges or not (before_it or self._is_one_of(at, _FAILS)):
            return []
        clause = _clause_around(self._tokens, at, self._timed)
        inside = [place for place, group in enumerate(self._groups) if group[0] in clause]
        earlier = [place for place in inside if self._groups[place][0] < at]
        later = [place for place in inside if self._groups[place][0] > at]
        if before_it:
            near = [place for place in later if self._groups[place][0] - at <= _NEAR]
            return near[:1] or earlier[-1:]
        free = len(self._groups) > 1 and not self._is_chosen(self._groups[later[0]]) if later else False
        return earlier[-1:] or (later[:1] if free else [])

    def _is_chosen(self, group: list[int]) -> bool:
        return any(_is_with_saja(self._tokens, at) for at in group)

    def _is_one_of(self, at: int, words: frozenset[str]) -> bool:
        both = {f"{one.word} {next_.word}" for one, next_ in pairwise(self._tokens[at : at + 2])}
        return bool(({self._tokens[at].word, self._tokens[at].raw} | both) & words)

    def _words(self, group: list[int]) -> str:
        return " ".join(self._tokens[at].word for at in group if self._tokens[at].word not in _WITHIN)


def _with_purchase(tokens: Sequence[Token], groups: list[list[int]], timed: set[int]) -> list[int] | None:
    """Return the one moment whose clause says that it is bought then: *besok jam 8 ke kota, belinya lusa jam 9*."""
    if len(groups) < 2:
        return None
    clauses = [[tokens[at] for at in _clause_around(tokens, group[0], timed)] for group in groups]
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


def _clause_around(tokens: Sequence[Token], at: int, timed: set[int]) -> range:
    """Return the places of the clause that a word stands in; the mark within an hour ends none: *jam 2.30*."""
    ends = [
        place
        for place, token in enumerate(tokens)
        if place not in timed and (token.raw in _PARTS or token.word in _PARTS)
    ]
    first = max((place + 1 for place in ends if place < at), default=0)
    return range(first, min((place for place in ends if place >= at), default=len(tokens)))


def _is_an_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether a moment only ends something else: *piket sampai sore*."""
    return at > 0 and tokens[at - 1].word in _UNTIL


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
