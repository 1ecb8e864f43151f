"""Whose waves a text names: the person's own, somebody else's, or nobody's in particular.

*Ibu gelombang 20, saya gelombang 21* names one of each. Somebody's is only what stands right beside them: *saya mau
tanya soal gelombang 20* says nothing of whom it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise, zip_longest

from handlers.understanding.entities import find_entities
from handlers.understanding.entities.numbers import small
from handlers.understanding.meaning import Entity
from handlers.understanding.of_whom import Whose, is_all_of_another, is_another, is_owner, subject_at
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import (
    QUOTES,
    Clause,
    Words,
    clauses,
    is_other,
    quoted,
    within,
    words_of,
)
from handlers.understanding.tokens import Token

_NEAR = 3  # words behind a name that may say whose it is
_TWO_DIGITS = 10
_MORE = 2  # words behind a name that make a question one about something else
_NOT = "bukan"
_FOUND = frozenset({"ternyata", "jebul", "jebule", "rupanya"})
"""Words that lead to what is so after all."""
_MATTERS = ("about the incentive", "about a certificate", "about the account", "of a review")
_TELLING = frozenset({"belum", "sudah"})
_HOPES = frozenset({"semoga", "moga", "mudah-mudahan"})


@dataclass(frozen=True, slots=True)
class SaidWave:
    """A wave that is named. `sure` is one without *kayaknya*, `heard` one that somebody else told the person."""

    number: int
    whose: Whose
    sure: bool = True
    heard: bool = False

    @property
    def told(self) -> bool:
        """Whether the person says so of themselves."""
        return self.whose is Whose.OWN and not self.heard


@lru_cache(maxsize=16)
def waves_said(text: str, today: date, *, asked: bool = False) -> tuple[SaidWave, ...]:
    """Return the waves that a text names, in its order; where one's own was `asked`, one by itself is the answer."""
    if quoted(text) or any(sign in QUOTES for sign in text):
        return ()
    return tuple(_Reading(text, today, asked=asked).waves())


def own_wave(text: str, today: date, *, asked: bool = False) -> SaidWave | None:
    """Return the wave that the person says is theirs; None where they name none, or several and put none right.

    *21, maaf, ternyata 20* puts the first one right.
    """
    own = [one for one in waves_said(text, today, asked=asked) if one.told]
    several = len({one.number for one in own}) > 1
    return own[-1] if own and (not several or says("put right", text)) else None


def is_of_relative(text: str, today: date) -> bool:
    """Tell whether all of a text is of a relative's own wave: *suami saya lolos gelombang 22, belum beli*."""
    theirs = any(one.whose is Whose.OTHERS for one in waves_said(text, today))
    return theirs and is_all_of_another(text) and says("no purchase after all", text)


@dataclass(slots=True)
class _Reading:
    text: str
    today: date
    asked: bool
    whose: Whose = Whose.UNSAID
    """Whom the clauses so far were about."""
    others: bool = False
    """Whether another wave was named before, which is no word of one's own."""
    joined: bool = False
    """Whether the name that is read stood in a clause of its own."""
    places: Sequence[Entity] = ()
    """Where the person may be, which stands between them and their wave: *saya di Gorontalo, gelombang 21*."""

    def waves(self) -> Iterator[SaidWave]:
        entities = find_entities(self.text, today=self.today)
        named = [one for one in entities if one.kind == "wave"]
        self.places = [one for one in entities if one.kind == "zone"]
        if not named:
            return
        before: Clause | None = None
        for clause in clauses(spelt(self.text)):
            inside = [one for one in named if within(clause, one)]
            counted = before is not None and any(within(before, one) for one in named)  # *gelombang 19, 20, 21*
            whole = clause if counted else _joined(before, clause, inside)
            self.joined = whole is not clause
            yield from self._of_clause(whole, inside)
            before = clause

    def _of_clause(self, clause: Clause, named: Sequence[Entity]) -> Iterator[SaidWave]:
        """Read a clause name by name: of each, what stands between it and the one before."""
        words, start = words_of("passed"), 0
        places = sorted((*_places(clause, named), *_bare(words, clause, named)))
        ends = [at for at, _after, _number in places[1:]]
        for (at, after, number), end in zip_longest(places, ends):
            led, rest = clause.tokens[start:at], clause.tokens[after:end]
            start = after
            self._follow(words, led)
            if not any(token.word == _NOT for token in led[-2:]):
                yield self._read(clause, led, rest, number, last=end is None)
        if not places:
            self._follow(words, clause.tokens)

    def _follow(self, words: Words, tokens: Sequence[Token]) -> None:
        """Note of whom the words speak; who tells something, and whose somebody is, are no subject."""
        for place in range(len(tokens)):
            self.whose = subject_at(words, tokens, place, self.text) or self.whose

    def _read(
        self, clause: Clause, led: Sequence[Token], rest: Sequence[Token], number: int, *, last: bool
    ) -> SaidWave:
        words = words_of("passed")
        beside = _beside(words, rest, self.text) if last else None
        whose = beside or self.whose
        self.others = self.others or whose is Whose.OTHERS
        hedged = any(words.have("hedge", token) for token in (*led, *rest[:_NEAR]))
        heard = _is_heard(words, clause.tokens) and not says("said before", self.text)
        if whose is not Whose.OTHERS:
            told = self._is_told(words, clause, led, rest) or beside is Whose.OWN
            told = told and not says("in an earlier wave", self.text)
            whose = Whose.OWN if told and not _is_open(words, clause, led, rest, others=self.others) else Whose.UNSAID
            self.others = self.others or whose is Whose.UNSAID
        return SaidWave(number, whose, sure=not hedged, heard=heard)

    def _is_told(self, words: Words, clause: Clause, led: Sequence[Token], rest: Sequence[Token]) -> bool:
        """Whether words beside a name say that it is the person's own: *saya lolos*, *tulisannya*, *kan kubilang*."""
        alone = all(words.have("link", token) or words.have("filler", token) for token in (*led, *rest))
        if alone and (self.asked or self._is_beside_own(clause)):
            return True
        if says("said before", self.text) or any(_is_reading(words, token) for token in clause.tokens):
            return True
        if _tells_a_step(words, rest) or (not rest and self._is_put_behind(clause, led)):
            return True
        if led and led[-1].word in _FOUND and self.whose is Whose.OWN:
            return True
        mine = [place for place, token in enumerate(led) if words.have("me", token) or words.have("stage", token)]
        return bool(mine) and all(_links(words, token) or self._is_place(token) for token in led[mine[-1] + 1 :])

    def _is_place(self, token: Token) -> bool:
        """Whether a word says where one is: *saya tinggal di Sorong, gel 21*."""
        living = bool(self.places) and words_of("lives").have("living", token)
        return living or any(one.start <= token.start < one.end for one in self.places)

    def _is_beside_own(self, clause: Clause) -> bool:
        """Whether a bare name is put to a matter that only a participant has: *gel 21. ulasannya diisi di mana*."""
        joins = any(words_of("passed").have("joins", token) for token in spelt(self.text))
        of_dates = joins or clause.asked or says("of the deadline", self.text)
        return not of_dates and any(says(matter, self.text) for matter in _MATTERS)

    def _is_put_behind(self, clause: Clause, led: Sequence[Token]) -> bool:
        """Whether a bare name stands behind what the person tells of their own: *saldonya 0 bang, gel 21*."""
        own = any(token.word in _TELLING for token in led) or (bool(led) and says("of the programme", _text_of(led)))
        return own and self.joined and not clause.asked and not says("a question", _text_of(led))


def _links(words: Words, token: Token) -> bool:
    """Whether a word may stand between a person and their wave: *saya bukan gelombang 21 tapi gelombang 20*, too."""
    return words.have("link", token) or words.have("me", token) or token.is_number or token.word == _NOT


def _tells_a_step(words: Words, rest: Sequence[Token]) -> bool:
    """Whether a name is followed by what was done or not, of nobody else: *gel 21 belum beli*."""
    told = bool(rest) and rest[0].word in _TELLING and not any(words.have("asks", token) for token in rest)
    return told and any(words.have("doing", token) for token in rest[1:_NEAR])


def _text_of(tokens: Sequence[Token]) -> str:
    return " ".join(token.raw for token in tokens)


def _joined(before: Clause | None, clause: Clause, named: Sequence[Entity]) -> Clause:
    """Put a bare name to the clause before it, which says whose it is: *iya itu saya, gelombang 20*."""
    bare = named and all(any(one.start <= token.start < one.end for one in named) for token in clause.tokens)
    if not bare or before is None or before.asked:
        return clause
    return Clause((*before.tokens, *clause.tokens), clause.asked)


def _places(clause: Clause, named: Sequence[Entity]) -> Iterator[tuple[int, int, int]]:
    for one in named:
        inside = [at for at, token in enumerate(clause.tokens) if one.start <= token.start < one.end]
        yield inside[0], inside[-1] + 1, int(one.value)


def _bare(words: Words, clause: Clause, named: Sequence[Entity]) -> Iterator[tuple[int, int, int]]:
    """Yield the number behind a person or *ternyata*, beside a wave that is named: *suamiku gel 21, aku mah 20*."""
    tokens = [(at, token) for at, token in enumerate(clause.tokens) if not words.have("filler", token)]
    for (_at, token), (at, following) in pairwise(tokens):
        person = words.have("me", token) or is_other(words, token, last=True) or token.word in _FOUND
        read = small(list(clause.tokens), at) if person and following.is_number else None
        within_name = any(one.start <= following.start < one.end for one in named)
        if read is not None and read[0] >= _TWO_DIGITS and read[1] == len(clause.tokens) and not within_name:
            yield at, read[1], read[0]


def _beside(words: Words, rest: Sequence[Token], text: str) -> Whose | None:
    """Return whose a wave is by what follows it: *gelombang 20 aku*, *gelombang 21 punya ibu saya*."""
    near = [token for token in rest if not words.have("filler", token)][:_NEAR]
    for place, token in enumerate(near):
        if is_another(words, near, place, text):
            return Whose.OTHERS
        if words.have("me", token):
            return Whose.OWN if place == 0 or words.have("whose", near[place - 1]) else None
        if not (words.have("whose", token) or words.have("address", token)):
            return None
    return None


def _is_heard(words: Words, tokens: Sequence[Token]) -> bool:
    """Whether somebody told it; *saya bilang* is the person's own word."""
    return any(
        words.have("teller", token)
        and not any(_tells_oneself(words, tokens, at) for at in range(max(0, place - 2), place))
        for place, token in enumerate(tokens)
    )


def _tells_oneself(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether what is told is one's own word or an official one: *saya bilang*, *smsnya bilang*."""
    mine = words.have("me", tokens[place]) and not is_owner(words, tokens, place)
    return mine or _is_reading(words, tokens[place])


def _is_reading(words: Words, token: Token) -> bool:
    return words.have("read", token) and not words.have("teller", token)


def _is_open(words: Words, clause: Clause, led: Sequence[Token], rest: Sequence[Token], *, others: bool) -> bool:
    """Whether a clause supposes, wishes or asks whether it is so, or is about joining a wave."""
    aside = ("supposes", "joins", "former")
    if len(led) > 1 and words.have("me", led[1]) and others:
        led = led[1:]  # *kalau aku 21*, beside another's, supposes nothing
    if any(token.word in _HOPES or any(words.have(role, token) for role in aside) for token in led):
        return True
    behind = [token for token in rest if not words.have("filler", token)][:2]
    denied = bool(behind) and behind[0].word == _NOT and small(behind, 1) is not None  # *20, bukan 21*
    if any(token.word in _FOUND for token in rest):
        return True  # *kukira gelombang 21, ternyata 20*
    whether = not denied and any(token.word in {"tidak", _NOT} for token in behind)
    whether = whether or (clause.asked and len(behind) < _MORE and not _asks_more(words, rest))
    return whether or any(words.have("joins", token) for token in behind)


def _asks_more(words: Words, rest: Sequence[Token]) -> bool:
    """Whether a question is about something else than the wave: *saya gelombang 21 batasnya kapan?*."""
    return any(words.have("asks", token) for token in rest)
