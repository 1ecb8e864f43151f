"""Further answers: what else a message asks, put before or below what answers the rest of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from handlers.dialogue.asked_after import (
    asked_after,
    asked_beside_a_report,
    asked_beside_an_alarm,
    asked_first,
)
from handlers.dialogue.listening import Recognised, Spoken
from handlers.dialogue.odds import is_sure
from handlers.dialogue.priorities import IDLE
from handlers.dialogue.register import ordered_beside, traits_of
from handlers.dialogue.replay import Replay
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn import SAID
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import own_words
from handlers.understanding import Understanding, understand
from handlers.understanding.phrases import says
from programme.model.events import MilestoneReached
from programme.model.messages import Open
from programme.model.milestones import Milestone

_REMINDING = frozenset(("late_reminder", "plan", "reminder_hour", "reminder_settings"))


@dataclass(frozen=True, slots=True)
class FurtherAnswers:
    """Adds to an answer what else is asked in the same message; `spoken` is how listeners see a text."""

    given: TurnInput
    replay: Replay
    spoken: Callable[[Understanding], Spoken]

    async def asked_first(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Put the answer to a first clause that goes on from the last matter before that to the rest."""
        if outcome.asks or outcome.intent in IDLE or not own_words(self.given.incoming):
            return outcome
        further = asked_first(self.spoken(understood), self.replay.opened)
        if further is None or (first := await self.replay.only_telling(further)) is None:
            return outcome
        return replace(outcome, reply=first.reply.then(outcome.reply), participant=first.participant)

    async def asked_after(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Add the answer to a later question of the same message, where that only tells something."""
        asks_details = outcome.asks and outcome.dialogue is not None and outcome.dialogue.conversation in REPORTS
        if (outcome.asks and not asks_details) or outcome.intent in IDLE or not own_words(self.given.incoming):
            return outcome
        further = asked_after(self.spoken(understood), self.replay.matter, self.replay.opened)
        if asks_details and says("what I ask", understood.text):
            spoken_of = (traits_of(one.conversation).in_brief for one in self.spoken(understood).matters)
            further = next((one for one in spoken_of if one is not None), further)
        if further is None or (more := await self.replay.only_telling(further)) is None:
            return outcome
        both = (more.reply, outcome.reply) if asks_details else (outcome.reply, more.reply)  # a question comes last
        return replace(outcome, reply=both[0].then(both[1]), participant=more.participant)

    async def beside_a_report(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Put the answers to what else a message asks before the note of the step that it reports."""
        reported = any(isinstance(event, MilestoneReached) for event in self.replay.events)
        if not reported or not own_words(self.given.incoming):
            return outcome
        asked = self.replay.opened
        for further in asked_beside_a_report(self.spoken(understood), self.given.matter, asked):
            if further.conversation not in self.replay.opened and (more := await self.replay.only_telling(further)):
                outcome = replace(outcome, reply=more.reply.then(outcome.reply), participant=more.participant)
        return outcome

    async def beside_an_alarm(self, warned: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Add the answers to what a text asks beside an alarm."""
        parts = () if warned.asks else asked_beside_an_alarm(understood.text)
        for read in (understand(part, today=self.spoken(understood).today) for part in parts):
            traits, told = traits_of(read.intent), {**self.spoken(understood).told, SAID: read.text}
            if is_sure(read) and traits.tells and not traits.alert:
                more = await self.replay.only_telling(Open(read.intent, told))
                warned = warned if more is None else replace(warned, reply=warned.reply.then(more.reply))
        return warned

    async def what_is_ordered(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Do what is ordered beside a question, which is answered as well: *ingatkan besok jam 8. Bayarnya gimana?*."""
        order = ordered_beside(self.spoken(understood)) if own_words(self.given.incoming) else None
        bought = self.replay.participant.has(Milestone.BOUGHT)
        if not isinstance(order, Recognised) or order.open.conversation in self.replay.opened:
            return outcome
        if bought or not _REMINDING.isdisjoint(self.replay.opened) or "revoked" in self.replay.opened:
            return outcome  # what is told of reminders tells of that day, too
        before = self.replay.twin()
        done = await self.replay.open(order.open)
        if outcome.asks and done.asks:
            self.replay.become(before)
            return outcome
        both = (done.reply, outcome.reply) if outcome.asks else (outcome.reply, done.reply)  # a question comes last
        dialogue = outcome.dialogue or done.dialogue
        return replace(done, reply=both[0].then(both[1]), dialogue=dialogue, intent=outcome.intent)
