"""Whether a message says that a step on the path was taken: plainly, doubtfully, or not at all.

A mishearing silences reminders, and a place that is lost is lost for life. So what may be said in a report is listed,
and whatever isn't listed makes it a question: who did it, whether, when, what was bought. `words/reports.tsv` has the
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cache, cached_property

from handlers.understanding.entities import find_entities
from handlers.understanding.lexicon import rows
from handlers.understanding.meaning import Entity
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import Token, cut

_ALIKE = "*"
_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab\u00bb>')
_ENDS = frozenset(".,!;:\n()-\u2013\u2014?")
_JOINTS = frozenset({"tapi", "terus", "lalu", "karena", "jadi_nya", "trus", "makanya"})
_COVERED = frozenset({"platform", "partner", "date", "hour", "budget"})
_COUNTS = frozenset({"1", "5", "100"})
_PLAIN = (
    *("act", "handling", "thing", "done", "passive", "manner"),
    *("self", "plain", "when", "programme", "address"),
)
_LONGEST_ANSWER = 8  # words
_FOREIGN = re.compile(
    r"^\s*(?:[\"\u201c\u201e\u00ab>]|\[\d|(?:fwd|fw|forwarded|diteruskan|terusan|copas|copy ?paste)\b)"
    r"|^\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4}[, ]+\d{1,2}[.:]\d{2}\s+-\s",
    re.IGNORECASE,
)


class Said(Enum):
    """What a message says of a step."""

    PLAINLY = auto()  # the person took it
    DOUBTFULLY = auto()  # it was taken, but perhaps by somebody else, or not quite
    BARELY = auto()  # it is named, and nothing says that it was taken
    AS_A_WISH = auto()  # it is still ahead
    NOT_AT_ALL = auto()


@dataclass(frozen=True)
class _Words:
    """What the words mean for one step."""

    by_role: dict[str, frozenset[str]]

    def have(self, role: str, token: Token) -> bool:
        """Whether a token is one of the words of a role, as meant or, of one word, as written."""
        listed = self.by_role.get(role, frozenset())
        return token.word in listed or token.raw in listed

    def allow(self, token: Token) -> bool:
        """Whether a token may stand in a plain report; one that means several words, if each of them may."""
        allowed = self.allowed
        return token.word in allowed or token.raw in allowed or allowed.issuperset(token.word.split())

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Every word that a plain report may consist of."""
        return frozenset().union(*(self.by_role[role] for role in _PLAIN))


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: Sequence[Token]
    asked: bool
    """Whether a question mark ends it."""


def said_of(step: str, text: str, *, today: date) -> Said:
    """Return what a text says of a step (a `Milestone` value, or `passed`)."""
    return _Reading(_words(step), text, today).said()


def quoted(text: str) -> bool:
    """Tell whether a text is somebody else's, pasted or quoted as a whole."""
    return _FOREIGN.search(text) is not None


def confirms(step: str, text: str, *, today: date | None = None) -> str | None:
    """Return `yes` or `no` where a text answers the question whether the step was taken, and says nothing else."""
    words, tokens = _words(step), [token for token in spell(cut(text)) if _spoken(token)]
    if not tokens:
        return None
    if len(tokens) <= _LONGEST_ANSWER and any(words.have("no", token) for token in tokens):
        return "no"
    if today is not None and said_of(step, text, today=today) is Said.PLAINLY:
        return "yes"
    agreed = any(words.have("yes", token) for token in tokens)
    nothing_else = all(words.have("yes", token) or words.allow(token) for token in tokens)
    return "yes" if agreed and nothing_else and "?" not in text and not quoted(text) else None


def takes_back(text: str, *, noted: bool = True) -> bool:
    """Tell whether a text says that what was just told or pressed was a mistake, and says nothing else.

    Where nothing was `noted` just now, *belum* or *batal* are no such word.
    """
    words, tokens = _words("bought"), [token for token in spell(cut(text)) if _spoken(token)]
    if not 0 < len(tokens) <= _LONGEST_ANSWER or "?" in text:
        return False
    role = "back" if noted else "mistaken"
    returned = any(words.have(role, token) for token in tokens)
    return returned and all(
        words.have("back", token) or words.have("backing", token) or words.allow(token) for token in tokens
    )


def is_own(kinds: frozenset[str], text: str, *, today: date) -> bool:
    """Tell whether what a text names of these kinds (`wave`, `zone`) is said of the person who writes.

    Not of others, not in a quotation, not denied, not wished for; a bare name says nothing of anybody.
    """
    words = _words("passed")
    if quoted(text) or any(sign in _QUOTES for sign in text):
        return False
    named = [entity for entity in find_entities(text, today=today) if entity.kind in kinds]
    for clause in _clauses(spell(cut(text))):
        if not any(_within(clause, entity) for entity in named):
            continue
        others = any(words.have("elsewhere", token) or words.have("wish", token) for token in clause.tokens)
        kin = any(
            words.have("kin", token) and token.raw not in words.by_role["address"] for token in clause.tokens[:-1]
        )
        return not (others or kin or _whether(clause)) and any(words.have("oneself", token) for token in clause.tokens)
    return False


def _whether(clause: _Clause) -> bool:
    """Whether a clause asks if it is so."""
    return clause.asked and not any(token.word in {"kapan", "berapa", "bagaimana", "mana"} for token in clause.tokens)


class _Reading:
    """One text, read for one step."""

    def __init__(self, words: _Words, text: str, today: date) -> None:
        self._words, self._text, self._today = words, text, today
        self._entities = find_entities(text, today=today)
        self._clauses = list(_clauses(spell(cut(text))))

    def said(self) -> Said:
        """Judge the clauses that name the step."""
        naming = [place for place, clause in enumerate(self._clauses) if self._names(clause)]
        if not naming:
            return Said.NOT_AT_ALL
        plain = [place for place in naming if self._is_plain(self._clauses[place])]
        if plain and self._undoubted(plain[0]):
            return Said.PLAINLY
        ahead = [self._is_wish(self._clauses[place]) or self._denied(self._clauses[place]) for place in naming]
        if all(ahead):
            return Said.AS_A_WISH
        return Said.DOUBTFULLY if any(self._done(self._clauses[place]) for place in naming) else Said.BARELY

    def _names(self, clause: _Clause) -> bool:
        if any(self._words.have("act", token) for token in clause.tokens):
            return True
        handled = any(self._words.have("handling", token) for token in clause.tokens)
        return handled and (self._has(clause, "thing") or any(self._of(token, {"partner"}) for token in clause.tokens))

    def _has(self, clause: _Clause, role: str) -> bool:
        return any(self._words.have(role, token) for token in clause.tokens)

    def _done(self, clause: _Clause) -> bool:
        days = [entity for entity in self._entities if entity.kind == "date" and _within(clause, entity)]
        past = any(date.fromisoformat(day.value) < self._today for day in days)
        return past or self._has(clause, "done") or any(self._passive(token) for token in clause.tokens)

    def _passive(self, token: Token) -> bool:
        return token.raw in self._words.by_role["passive"]

    def _ahead(self, clause: _Clause) -> bool:
        days = [entity for entity in self._entities if entity.kind == "date" and _within(clause, entity)]
        return any(date.fromisoformat(day.value) > self._today for day in days)

    def _is_plain(self, clause: _Clause) -> bool:
        if clause.asked or self._ahead(clause) or not self._done(clause) or self._has(clause, "benefit"):
            return False
        return all(self._may_stand(clause, place) for place in range(len(clause.tokens)))

    def _may_stand(self, clause: _Clause, place: int) -> bool:
        token = clause.tokens[place]
        if self._words.have("kin", token) and token.raw not in self._words.by_role["address"]:
            return place == len(clause.tokens) - 1 and place > 0
        if self._words.allow(token) or token.raw in _COUNTS or self._of(token, _COVERED):
            return True
        if token.word == "yang":
            return any(self._words.have("act", earlier) for earlier in clause.tokens[:place]) or (
                place + 1 < len(clause.tokens) and clause.tokens[place + 1].word in {"pertama", "satu"}
            )
        if token.word == "mau" and place + 1 < len(clause.tokens):
            return self._words.have("telling", clause.tokens[place + 1])
        if self._of(token, {"topic"}):
            return self._has(clause, "thing")
        return self._words.have("telling", token) or self._words.have("opening", token)

    def _undoubted(self, place: int) -> bool:
        """Whether nothing before the clause is more than an opening, and nothing anywhere casts doubt on it."""
        if any(sign in _QUOTES for sign in self._text) or quoted(self._text):
            return False
        others = [token for at, clause in enumerate(self._clauses) if at != place for token in clause.tokens]
        if any(self._words.have("elsewhere", token) for token in others):
            return False
        return all(self._opens(clause) for clause in self._clauses[:place])

    def _opens(self, clause: _Clause) -> bool:
        alone = len(clause.tokens) == 1 and self._words.have("kin", clause.tokens[0])
        return alone or all(self._may_stand(clause, place) for place in range(len(clause.tokens)))

    def _is_wish(self, clause: _Clause) -> bool:
        told = any(
            token.word == "mau" and self._words.have("telling", following)
            for token, following in zip(clause.tokens, clause.tokens[1:], strict=False)
        )
        wished = self._has(clause, "wish") and not told
        return wished or self._ahead(clause) or (self._has(clause, "benefit") and not self._done(clause))

    def _denied(self, clause: _Clause) -> bool:
        """Whether a denial stands before what it denies."""
        acts = [place for place, token in enumerate(clause.tokens) if self._words.have("act", token)]
        upto = acts[-1] if acts else len(clause.tokens)
        return any(self._words.have("denied", token) for token in clause.tokens[:upto])

    def _of(self, token: Token, kinds: frozenset[str] | set[str]) -> bool:
        return any(entity.kind in kinds and entity.start <= token.start < entity.end for entity in self._entities)


def _within(clause: _Clause, entity: Entity) -> bool:
    return clause.tokens[0].start <= entity.start < clause.tokens[-1].end


def _clauses(tokens: Sequence[Token]) -> Iterator[_Clause]:
    """Cut at marks and at words that begin another clause."""
    part: list[Token] = []
    for token in tokens:
        if token.raw in _ENDS or token.word in _JOINTS:
            if part:
                yield _Clause(tuple(part), asked=token.raw == "?")
            part = []
        elif _spoken(token):
            part.append(token)
    if part:
        yield _Clause(tuple(part), asked=False)


def _spoken(token: Token) -> bool:
    """Whether a token is more than a mark or a picture."""
    return any(sign.isalnum() for sign in token.raw)


@cache
def _words(step: str) -> _Words:
    found: dict[str, frozenset[str]] = {}
    for of, role, words in rows("reports.tsv"):
        if of in {step, _ALIKE}:
            found[role] = found.get(role, frozenset()) | {word.replace("_", " ") for word in words.split()}
    if step == "reviewed":
        found["plain"] |= found["review"]
    return _Words(found)
