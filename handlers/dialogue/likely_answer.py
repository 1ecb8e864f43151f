"""Likely answer: what is most likely meant, said to be a guess, with the other meanings a tap away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

from handlers.dialogue.ellipsis import completed
from handlers.dialogue.follow_up import alerted
from handlers.dialogue.guess_head import said_to_be_guess
from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.odds import (
    SURE_OF_FAMILY,
    but_no_fraud,
    but_no_stand_in,
    is_near_sure,
    may_be_fraud,
    names_ours,
)
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.register import conversations, heard_at, traits_of
from handlers.dialogue.replay import Replay
from handlers.dialogue.reply import Reply, button
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import own_words
from handlers.understanding import Guess, Understanding
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Matter, Open

WORTH_OFFERING: Final = 0.05
_FEW: Final = 5
"""Words; fewer may be about anything."""


def is_warned_again(spoken: Spoken, matter: Matter | None) -> bool:
    """Tell whether an alert was given in the talk already, and these own words hold no sign of theirs."""
    return alerted(matter) and own_words(spoken.incoming) and heard_at(Stage.ALARM, spoken) is None


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """Answers by a guess where that only tells something; `spoken` is how listeners see a text."""

    given: TurnInput
    replay: Replay
    spoken: Callable[[Understanding], Spoken]

    async def to(self, understood: Understanding, *, asked: str | None = None) -> TurnOutcome | None:
        """Answer the likeliest matter where that only tells something, with the others a tap away.

        It may ask `asked`, the question that is open already. A question what was meant costs a turn, and the answer
        is mostly that one. Nothing is noted on a guess.
        """
        best, *others = [guess for guess in understood.guesses if guess.intent != NO_ANSWER][:3]
        if may_be_fraud(understood) and not is_warned_again(self.spoken(understood), self.given.matter):
            return await self._tried(Open("fraud", self.spoken(understood).told), [best, *others], understood, asked)
        told = self.spoken(understood).told
        by_itself = Open(best.intent, told) if self._is_likely(understood, best) else None
        of_the_talk = completed(self.spoken(understood))
        ways = [by_itself, of_the_talk]
        for opened in reversed(ways) if self._is_of_the_trouble(understood) else ways:
            if opened is not None and (found := await self._tried(opened, [best, *others], understood, asked)):
                return found
        return None

    def _is_likely(self, understood: Understanding, best: Guess) -> bool:
        """Tell whether a guess is good enough to be answered, and about the programme."""
        if understood.intent == NO_ANSWER or not is_near_sure(understood) or not traits_of(best.intent).tells:
            return False
        if not but_no_stand_in(but_no_fraud((best.intent,), understood), understood):
            return False
        spoken_of = self.given.matter is not None and best.confidence >= SURE_OF_FAMILY
        placed = any(entity.kind == "zone" for entity in understood.entities)
        return spoken_of or placed or names_ours(understood) or says("of the programme", understood.text)

    def _is_of_the_trouble(self, understood: Understanding) -> bool:
        """Whether a few words come in the middle of a trouble, of which they are more likely than of anything near."""
        matter = self.given.matter
        of_trouble = matter is not None and traits_of(matter.conversation).trouble
        return of_trouble and len(understood.text.split()) < _FEW and understood.confidence < SURE_OF_FAMILY

    async def _tried(
        self, opened: Open, others: list[Guess], understood: Understanding, asked: str | None
    ) -> TurnOutcome | None:
        """Return what a conversation answers, said to be a guess, unless it asks anew or notes something."""
        if (outcome := await self.replay.only_telling(opened, asked)) is None:
            return None
        known = conversations()
        others = [
            other
            for other in others
            if other.confidence >= WORTH_OFFERING and other.intent not in {*REPORTS, opened.conversation}
        ]
        row = [button(f"↪️ {_(known[other.intent].about)}", other.intent) for other in others]
        reply = reduce(Reply.row, row, said_to_be_guess(outcome.reply, opened.conversation))
        return replace(outcome, reply=reply, intent=None, confidence=understood.confidence, missed=understood)
