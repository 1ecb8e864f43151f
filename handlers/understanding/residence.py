"""Where the person who writes says they are or live: *saya tinggal di Makassar*, *lagi di rumah mertua, Kupang*.

Only a main clause of their own tells it. Words between the person and the place must be listed (`lives` in
`words/reports.tsv`): *saya beli di Makassar* and *saya mau ke Makassar* tell of no home.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from handlers.understanding.entities import find_entities
from handlers.understanding.lexicon import cues, lexicon
from handlers.understanding.meaning import Entity
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import QUOTES, Clause, Words, clauses, is_other, is_somebody_of, quoted, words_of
from handlers.understanding.tokens import Token

_CLOCK = re.compile(r"\b(?:jam|waktu|wktu|time in)\s*$", re.IGNORECASE)
"""What stands before a place whose clock is meant: *jam Jakarta*."""
_INTRODUCED = re.compile(
    r"(?:^|[.,;!?\n])\s*(?i:(?:halo|hai|pagi|siang|sore|malam|kak|min|mbak|bang|pak|bu)\s+)*"
    r"(?i:nama\s?)?(?i:saya|aku|ku|sy|sa|beta|kita|gue|gw)\s+(?P<name>[A-Z][a-z]{2,}),?\s+$"
)
"""What stands before the town of somebody who gives a name with it: *saya Ratna Semarang*."""
_LEADS = cues("before a place")
_FROM = "dari"
_TO = "ke"
_LEAVES = frozenset(("pulang", "pulkam", "balik", "kembali", "pergi", "berangkat", "datang", "turun"))
"""What one does *dari* a place where one is no more."""
_LONGEST_NAME = 2  # words
_LEADING = ("at", "being", "filler", "address")
"""What may stand before a place behind which one names oneself."""
_ALLOWED = ("me", "living", "being", "at", "self", "plain", "manner", "filler", "address", "done")


@dataclass(frozen=True, slots=True)
class Residence:
    """A zone, and whether it is where the person `lives`; else they may only be there for a while."""

    zone: str
    lives: bool


def residence_in(text: str, *, today: date) -> Residence | None:
    """Return where a text says that its writer is; None where it doesn't, or names several zones.

    A clause without a subject goes on about whom the one before it was about.
    """
    entities = find_entities(text, today=today)
    places = [one for one in places_in(entities) if not _CLOCK.search(text[: one.start])]
    if len({one.value for one in places}) != 1 or quoted(text) or any(sign in QUOTES for sign in text):
        return None
    if any(_is_of_a_name(text[: one.start]) for one in places):
        return Residence(places[0].value, lives=False)
    of_work = [one for one in entities if one.kind == "profession"]
    found = _Reading(words_of("lives"), frozenset(one.start for one in places), of_work)
    for clause in clauses(spelt(text)):
        if (lives := found.told_by(clause)) is not None:
            return Residence(places[0].value, lives)
    return None


def _is_of_a_name(before: str) -> bool:
    """Whether a text up to a town introduces its writer, by a name that is no word of everyday life."""
    told = _INTRODUCED.search(before)
    return told is not None and told["name"].casefold() not in lexicon().known


def names_place(text: str, today: date) -> bool:
    """Tell whether a place stands behind a word that leads to one: *batas di Bali*, not *bisa bali di tokped*."""
    tokens = spelt(text)
    starts = {one.start for one in places_in(find_entities(text, today=today))}
    return any(token.start in starts and before.word in _LEADS for before, token in pairwise(tokens))


def places_in(entities: Sequence[Entity]) -> list[Entity]:
    """Return the zones that stand for a place: not that of an hour (*23.59 WIB*), nor a clock's beside a town's."""
    hours = [one.end for one in entities if one.kind == "hour"]
    zones = [one for one in entities if one.kind == "zone"]
    towns = [one for one in zones if one.text.casefold() != one.value.casefold()]
    return towns or [one for one in zones if not any(0 <= one.start - end <= 1 for end in hours)]


def _is_here(following: Sequence[Token]) -> bool:
    """Whether a place is said to be where one is: *di gorontalo sini*."""
    return bool(following) and following[0].word == "sini"


@dataclass(slots=True)
class _Reading:
    """What the clauses so far told: about whom they are, and whether the last one ended in a place."""

    words: Words
    starts: frozenset[int]
    of_work: Sequence[Entity] = ()
    mine: bool | None = None
    there: bool = False

    def told_by(self, clause: Clause) -> bool | None:
        """Return whether a clause says that the person lives at the place; None where it says nothing of that."""
        at = next((place for place, token in enumerate(clause.tokens) if token.start in self.starts), None)
        before = clause.tokens[:at]
        self._follow_subject(before)
        apposed, self.there = self.there and not before, self._is_there(before)
        whether = at is not None and clause.asked and all(self.words.allow(each) for each in clause.tokens[at + 1 :])
        told = at is not None and (apposed or self.there or self._is_mine_alone(clause, at)) and not whether
        told = told or (at is not None and self.mine is not False and _is_here(clause.tokens[at + 1 :]))
        return self._has(before, "living") if told else None

    def _is_mine_alone(self, clause: Clause, at: int) -> bool:
        """Whether nothing but the place and, behind it, who one is was said: *kendari sa*, *di Bone ka saya*."""
        before, behind = clause.tokens[:at], clause.tokens[at + 1 :]
        led = all(token.word != _TO and any(self.words.have(role, token) for role in _LEADING) for token in before)
        me = next((place for place, token in enumerate(behind) if self.words.have("me", token)), None)
        if not led or me is None:
            return False
        first = all(self.words.have("clitic", token) for token in behind[:me])  # *di Bone bapak saya* is of him
        return first and all(self.words.have("me", one) or self._is_padding(one) for one in behind[me:])

    def _is_padding(self, token: Token) -> bool:
        return self.words.have("filler", token) or self.words.addresses(token)

    def _is_there(self, tokens: Sequence[Token]) -> bool:
        """Whether words say of the person that they are at the place that follows."""
        if self.mine is False or not self._leads_to(tokens):
            return False
        if self._has(tokens, "elsewhere", but="other") or self._has(tokens, "former"):
            return False
        return self.mine is True or self._has(tokens, "living") or self._has(tokens[:1], "being")

    def _follow_subject(self, tokens: Sequence[Token]) -> None:
        """Note of whom the words speak; a house, and whom one is with, is no subject."""
        for place, token in enumerate(tokens):
            if self.words.have("at", token):
                return
            if is_other(self.words, token, last=True) or is_somebody_of(self.words, tokens, place):
                with_them = place > 0 and self.words.have("company", tokens[place - 1])
                self.mine = self.mine if with_them else False
            elif self.words.have("me", token):
                owned = place > 0 and is_other(self.words, tokens[place - 1], last=True)
                self.mine = self.mine if owned else True

    def _leads_to(self, tokens: Sequence[Token]) -> bool:
        """Whether these words, from the person on, say nothing but being somewhere."""
        mine = [place for place, token in enumerate(tokens) if self.words.have("me", token)]
        rest = tokens[mine[0] if mine else 0 :]
        if len(rest) > 1 and rest[-1].word == _FROM and rest[-2].word in _LEAVES:
            return False
        if mine and self._is_introduced(rest[1:], called=any(token.word == "nama" for token in tokens[: mine[0]])):
            return True
        for token in rest:
            if self.words.have("at", token):
                return True
            trade = any(one.start <= token.start < one.end for one in self.of_work)  # *saya penjahit di Kupang*
            if not (trade or token.is_number or any(self.words.have(role, token) for role in _ALLOWED)):
                return False
        return self._has(tokens, "living")

    def _is_introduced(self, tokens: Sequence[Token], *, called: bool) -> bool:
        """Whether a name is told with where its bearer is from: *(saya) yosef dari (jayapura)*.

        It is no word of everyday life, unless it is said to be a name.
        """
        if not 1 < len(tokens) <= _LONGEST_NAME + 1 or tokens[-1].word != _FROM:
            return False
        return called or all(lexicon().known.isdisjoint((token.word, token.raw)) for token in tokens[:-1])

    def _has(self, tokens: Sequence[Token], role: str, *, but: str | None = None) -> bool:
        return any(
            self.words.have(role, token) and not (but is not None and self.words.have(but, token)) for token in tokens
        )
