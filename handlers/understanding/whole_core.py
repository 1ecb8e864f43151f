"""A purchase that is told whole amid its circumstances: *tadi bar dhuhur pas warung sepi aku beli di Karier.mu*.

Subject, verb and place follow each other in words that a report may consist of. Before them only circumstances may
stand that a word of their own leads (*pas warung sepi*, *di warnet dekat pasar*), behind them which training it was. A
word that would make the core a wish, a thought, an order or a story of somebody else's makes it a question again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.understanding.report_clause import SUBJECTS, ClauseReader
from handlers.understanding.statements import Clause, Words, is_other
from handlers.understanding.tokens import Token

_DOUBTFUL: Final = (
    *("elsewhere", "wish", "failed", "benefit", "basket", "meant", "dreamt", "joking", "denied", "embeds"),
    *("untouched", "undone"),
)
"""Roles of which no word may stand anywhere in the clause."""
_NO_TITLE: Final = ("untitled", "failed", "broken", "wares", "goods")
_LONGEST_TITLE: Final = 6  # words
_LEFT_OUT: Final = frozenset({"saja", "terus"})  # *aku beli di Pintaria saja* is a choice


class WholeCore:
    """Tells which clauses hold the whole core of a report."""

    def __init__(self, words: Words, clauses: ClauseReader) -> None:
        self._words, self._clauses = words, clauses

    def is_in(self, clause: Clause, listed: Sequence[bool]) -> bool:
        """Whether a clause holds it; `listed` tells which of its words may stand in any plain report."""
        tokens = clause.tokens
        acts = [at for at in range(len(tokens)) if self._clauses.is_act(clause, at)]
        places = [at for at, token in enumerate(tokens) if self._clauses.of(token, {"platform"})]
        if len(acts) != 1 or not places or not acts[0] < places[0] or not all(listed[acts[0] : places[-1] + 1]):
            return False
        begins = next((at + 1 for at in range(acts[0], -1, -1) if not listed[at]), 0)
        before, core, after = tokens[:begins], tokens[begins : places[-1] + 1], tokens[places[-1] + 1 :]
        if self._is_doubtful((*before, *core, *after)) or self._is_led_in(core[: acts[0] - begins]):
            return False
        rest = listed[places[-1] + 1 :]
        if self._clauses.is_of_somebody(clause):
            return False
        return self._are_circumstances(before, core, listed) and (all(rest) or self._tells_which(core, after, rest))

    def _is_doubtful(self, tokens: Sequence[Token]) -> bool:
        weighed = [
            token
            for token in tokens
            if not self._clauses.of(token, {"platform"}) and not is_other(self._words, token, last=False)
        ]
        doubtful = any(self._words.have(role, token) for token in weighed for role in _DOUBTFUL)
        return doubtful or any(token.word in _LEFT_OUT for token in weighed)

    def _is_led_in(self, tokens: Sequence[Token]) -> bool:
        """Whether what stands before the verb makes it a circumstance itself: *pas aku beli di Pintaria*."""
        return any(self._words.have("meanwhile", token) or self._words.have("supposed", token) for token in tokens)

    def _are_circumstances(self, before: Sequence[Token], core: Sequence[Token], listed: Sequence[bool]) -> bool:
        """Whether all that stands before the core is led by a word of circumstances, and the core says who bought."""
        if not before:
            return True
        led = [self._words.have("meanwhile", token) or self._words.have("where", token) for token in before]
        opened = next((at for at, leads in enumerate(led) if leads), len(before))
        mine = any(self._words.have("me", token) for token in core)
        return mine and opened < len(before) and all(listed[:opened]) and self._are_of_nobody(before)

    def _are_of_nobody(self, tokens: Sequence[Token]) -> bool:
        """Whether nobody does anything in the circumstances but sleep, or be looked after: *habis nganter anak*."""
        around = zip((None, *tokens), tokens, (*tokens[1:], None), strict=False)
        return not any(
            is_other(self._words, token, last=False)
            and not (before is not None and self._words.have("tending", before))
            and not (after is not None and self._words.have("asleep", after))
            for before, token, after in around
        )

    def _tells_which(self, core: Sequence[Token], after: Sequence[Token], listed: Sequence[bool]) -> bool:
        """Whether the words behind the place tell which training it was: *yang public speaking itu*.

        Where other things are sold, too, it must be something that trainings are about.
        """
        which = next((at for at, token in enumerate(after) if token.word == "yang"), None)
        if which is None or not all(listed[:which]) or len(after) - which > _LONGEST_TITLE:
            return False
        title = after[which + 1 :]
        if any(self._words.have(role, token) for token in title for role in _NO_TITLE):
            return False
        if any(is_other(self._words, token, last=False) for token in title):
            return False
        named = any(self._clauses.of(token, SUBJECTS) for token in title)
        return bool(title) and (named or not any(self._words.have("market", token) for token in core))
