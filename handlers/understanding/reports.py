"""Whether a message says that a step on the path was taken: plainly, doubtfully, or not at all.

A mishearing silences reminders, and a place that is lost is lost for life. So what may be said in a report is listed,
and whatever isn't listed makes it a question: who did it, whether, when, what was bought. `words/reports.tsv` has the
words.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from handlers.understanding.phrases import says, without
from handlers.understanding.plain_words import PlainWords
from handlers.understanding.report_clause import ClauseReader
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import QUOTES, Clause, quoted, words_of
from handlers.understanding.whole_core import WholeCore

_READY = re.compile(r"\b(?P<done>dah|sudah|udah|alah|lah|la)\s+siap\b", re.IGNORECASE)


class Said(Enum):
    """What a message says of a step."""

    PLAINLY = auto()  # the person took it
    DOUBTFULLY = auto()  # it was taken, but perhaps by somebody else, or not quite
    BARELY = auto()  # it is named, and nothing says that it was taken
    AS_A_WISH = auto()  # it is still ahead
    NOT_AT_ALL = auto()


OF_A_TURN = 64
"""Readings that are kept: those of one message, of which each conversation that listens asks the same."""


@lru_cache(maxsize=OF_A_TURN)
def said_of(step: str, text: str, *, today: date) -> Said:
    """Return what a text says of a step (a `Milestone` value, or `passed`)."""
    return _reading(step, _finished(text) if step == "completed" else text, today).said()


def _finished(text: str) -> str:
    """Return a text in which the *siap* of Malay, said of a training, is *selesai*: *kelas aku dah siap*."""
    return _READY.sub(r"\g<done> selesai", text) if says("finished in Malay", text) else text


@lru_cache(maxsize=OF_A_TURN)
def claims(step: str, text: str, *, today: date) -> bool:
    """Tell whether a clause of a text claims that the person took the step, however much is said beside it.

    Such a claim is worth one more question below the answer to what else was said, and no more than that.
    """
    return _reading(step, text, today).claims()


def tells_of_others(step: str, text: str, *, today: date) -> bool:
    """Tell whether all that is said of the step is what somebody else did: *kawan saya sudah beli, saya ikut ya*."""
    return _reading(step, text, today).tells_of_others()


def tells_of_another_purchase(text: str, *, today: date) -> bool:
    """Tell whether a text says that what was bought beside it was no training of one's own, or is not bought yet."""
    reader = ClauseReader(words_of("bought"), text, today)
    return any(map(reader.is_of_another_purchase, reader.all))


def fails_the_test(text: str) -> bool:
    """Tell whether a text says that the test of a training was not passed, and not that it was at last."""
    return says("the test was not passed", text) and not says("passed at last", text)


def names_training(text: str) -> bool:
    """Tell whether a text names a training."""
    words = words_of("bought")
    return any(words.have("titled", token) for token in spelt(text))


class _Reading:
    """One text, read for one step."""

    def __init__(self, step: str, text: str, today: date) -> None:
        words = words_of(step)
        self._step, self._words, self._text = step, words, text
        self._clause = ClauseReader(words, text, today)
        self._may = PlainWords(words, self._clause)
        self._core = WholeCore(words, self._clause)
        self._clauses = self._clause.all

    def said(self) -> Said:
        """Judge the clauses that name the step."""
        naming = [place for place, clause in enumerate(self._clauses) if self._clause.names(clause)]
        if not naming or self._failed_test():
            return Said.NOT_AT_ALL
        plain = [place for place in naming if self._is_plain(self._clauses[place])]
        if plain and self._undoubted(plain[0]):
            return Said.PLAINLY
        named = [self._clauses[place] for place in naming]
        if all(self._clause.is_wish(clause) or self._clause.denied(clause) for clause in named):
            return Said.AS_A_WISH
        return Said.DOUBTFULLY if any(self._clause.done(clause) for clause in named) else Said.BARELY

    def claims(self) -> bool:
        """Whether a clause says that the person took the step."""
        if any(sign in QUOTES for sign in self._text) or quoted(self._text) or self._failed_test():
            return False
        has = self._clause.has
        failed = any(has(clause, "failed") and not has(clause, "asks") for clause in self._clauses)
        failed = failed and not any(has(clause, "success") for clause in self._clauses)
        return any(
            self._clause.is_claim(clause) and (not failed or self._is_plain(clause))
            for clause in self._clauses
            if self._clause.names(clause) or self._takes(clause)
        )

    def _failed_test(self) -> bool:
        """Whether a training was gone through to its end and not passed, so that it is not finished."""
        return self._step == "completed" and fails_the_test(self._text)

    def tells_of_others(self) -> bool:
        """Whether somebody else is the subject of every clause that names the step."""
        naming = [clause for clause in self._clauses if self._clause.names(clause)]
        return bool(naming) and all(
            self._clause.others_in(clause) and not (self._clause.has_me(clause) or self._clause.has(clause, "benefit"))
            for clause in naming
        )

    def _takes(self, clause: Clause) -> bool:
        """Whether a clause tells of handling, taking or owning a training that is named in it or beside it.

        What is taken or owned is bought, not finished.
        """
        bought = self._step == "bought"
        if self._clause.has(clause, "owned"):
            return bought and self._clause.has(clause, "thing")
        roles = ("taking", "handling", "benefit") if bought else ("handling",)
        if not any(self._clause.has(clause, role) for role in roles):
            return False
        named = any(self._clause.of(token, {"platform", "partner"}) for token in clause.tokens)
        sold = named or self._clause.is_funded(clause)
        return sold or (self._clause.done(clause) and any(self._clause.has(each, "thing") for each in self._clauses))

    def _is_plain(self, clause: Clause) -> bool:
        done = self._clause.surely_done(clause) or self._is_led_by_done(clause)
        if clause.asked or self._clause.ahead(clause) or not done or self._clause.has(clause, "benefit"):
            return False
        if self._clause.only_agrees(clause):
            return False
        if not self._clause.names_alone(clause):
            return False
        listed = [self._may.stand(clause, place) for place in range(len(clause.tokens))]
        return all(listed) or (self._step == "bought" and self._core.is_in(clause, listed))

    def _undoubted(self, place: int) -> bool:
        """Whether nothing before the clause is more than an opening, and nothing anywhere casts doubt on it."""
        if any(sign in QUOTES for sign in self._text) or quoted(self._text):
            return False
        others = [clause for at, clause in enumerate(self._clauses) if at != place]
        beyond = (self._clause.of_a_later_step, self._clause.is_of_a_helper)
        others = [clause for clause in others if not any(is_so(clause) for is_so in beyond)]
        others = [clause for clause in others if not self._clause.gives_up(clause, self._clauses[place])]
        beside = [clause for clause in others if not self._clause.of_reminders(clause)]
        beside = [clause for clause in beside if not self._clause.of_wrong_choice(clause)]
        if any(self._clause.has(clause, "elsewhere") or self._clause.is_of_somebody(clause) for clause in beside):
            return False
        if self._step == "bought" and any(map(self._clause.is_of_another_purchase, others)):
            return False
        unfinished = [clause for clause in others if not self._clause.has(clause, "money")]
        if any(token.word == "belum" for clause in unfinished for token in clause.tokens):
            return False
        if any(self._is_for_else(clause) for clause in beside):
            return False
        if any(self._clause.others_in(clause) and self._clause.has(clause, "whose") for clause in others):
            return False
        return all(self._opens(clause) or clause not in beside for clause in self._clauses[:place])

    def _is_for_else(self, clause: Clause) -> bool:
        """Whether a clause says for what else it was: *tapi itu buat token listrik*."""
        said_for = any(token.word == "untuk" for token in clause.tokens)
        return said_for and not (self._clause.has(clause, "thing") or self._clause.has(clause, "programme"))

    def _opens(self, clause: Clause) -> bool:
        if clause.asked and not self._clause.names(clause):
            return True
        if self._clause.apologises(clause):
            return True
        alone = len(clause.tokens) == 1 and self._words.have("kin", clause.tokens[0])
        return alone or all(self._may.stand(clause, place) for place in range(len(clause.tokens)))

    def _is_led_by_done(self, clause: Clause) -> bool:
        """Whether the clause before says nothing but that it is done: *beres mi. pijar mahir sa beli*."""
        if self._clause.chooses_a_day(clause):
            return False
        place = next(at for at, each in enumerate(self._clauses) if each is clause)
        before = self._clauses[place - 1].tokens if place else ()
        return any(self._words.have("bare", each) for each in before) and all(
            self._words.agree(each) or self._words.allow(each) for each in before
        )


@lru_cache(maxsize=OF_A_TURN)
def _reading(step: str, text: str, today: date) -> _Reading:
    return _Reading(step, without("announced formally", text) if says("announced formally", text) else text, today)
