"""Turn context: what one message is answered with, and the ways in which all that is heard in it goes on."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.corrections import Corrections
from handlers.dialogue.ellipsis import overruled
from handlers.dialogue.follow_up import follow_up, said_of_it
from handlers.dialogue.intent_router import IntentRouter
from handlers.dialogue.listening import Spoken
from handlers.dialogue.odds import SURE_OF_GUESS, is_sure
from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.register import Purpose, traits_of
from handlers.dialogue.replay import Replay
from handlers.dialogue.reported import tells_a_step
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.wallet_meant import with_wallet
from handlers.dialogue.whose import own_words
from handlers.understanding import Understanding, understand
from handlers.understanding.phrases import says
from programme.model.dialogues import Dialogue
from programme.model.events import MilestoneReached


@dataclass(slots=True)
class TurnContext:
    """What is known of the message. `replay` plays it, and gathers what comes of it; `intents` finds what is new."""

    given: TurnInput
    replay: Replay = field(init=False)
    intents: IntentRouter = field(init=False)
    read: Understanding | None = None
    """The text as it was understood last."""

    def __post_init__(self) -> None:
        self.replay = Replay(self.given)
        self.intents = IntentRouter(self.given, self.replay)

    @property
    def dialogue(self) -> Dialogue | None:
        """The dialogue that may go on."""
        return self.replay.dialogue

    @property
    def corrections(self) -> Corrections:
        """What may be taken back now."""
        return Corrections(self.replay.participant, self.given.dialogue, self.given.now)

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.given.now.astimezone(self.replay.participant.local.tz).date()

    @property
    def own_words(self) -> bool:
        """Whether the person speaks for themselves."""
        return own_words(self.given.incoming)

    def understood(self, text: str) -> Understanding:
        """Return what a text is understood as; it is read once."""
        if self.read is None or self.read.text != text:
            self.read = with_wallet(understand(text, today=self.today), self.given.matter, self.today)
        return self.read

    def spoken(self, text: str) -> Spoken:
        """Return a text with all that it is heard against."""
        return self.intents.spoken(self.understood(text))

    async def by(self, decided: str, answer: Awaitable[TurnOutcome]) -> TurnOutcome:
        """Return an answer, and remember what it follows from."""
        outcome = await answer
        self.replay.decided = decided
        return outcome

    async def new(self, understood: Understanding, *, second_miss: bool = False) -> TurnOutcome:
        """Open what a text asks further of what was spoken of last, else what it is about by itself."""
        if (several := await self.intents.several(understood)) is not None:
            self.replay.decided = "several questions"
            return several
        if (further := follow_up(self.intents.spoken(understood), in_short=True)) is not None:
            return await self.by(said_of_it(further), self.intents.go_on(further, understood))
        spoken = self.intents.spoken(understood)
        if not names_another_matter(spoken) and (further := overruled(spoken)) is not None:
            return await self.by("a fragment of what was said last", self.intents.go_on(further, understood))
        return await self.by("the words themselves", self.intents.route(understood, second_miss=second_miss))

    async def and_the_rest(self, outcome: TurnOutcome, rest: str) -> TurnOutcome:
        """Answer what else a text says, below what its first words led to, or above the question that is asked next.

        Nothing comes of what is not understood, nor of what would ask where a question waits already.
        """
        read = understand(rest, today=self.today)
        if not self._is_worth_answering(read, outcome):
            return outcome
        before, self.replay = self.replay, self.replay.twin()
        self.intents = IntentRouter(self.given, self.replay)
        more = await self.new(read)
        unheard = traits_of(self.replay.opened[-1]).purpose in {Purpose.UNCLEAR, Purpose.NO_ANSWER}
        if outcome.asks and more.asks and tells_a_step(rest, self.today):
            return more  # a report is not put off for another question
        if unheard or (outcome.asks and more.asks):
            if not unheard and outcome.dialogue is not None and traits_of(outcome.dialogue.conversation).can_wait:
                return more
            self.replay, self.intents = before, IntentRouter(self.given, before)
            brief = None if unheard else await self.intents.in_brief(read.intent)
            return outcome if brief is None else replace(outcome, reply=brief.reply.then(outcome.reply))
        if outcome.asks:
            return replace(
                outcome, participant=more.participant, events=more.events, reply=more.reply.then(outcome.reply)
            )
        return replace(more, reply=outcome.reply.then(more.reply))

    def _is_worth_answering(self, read: Understanding, outcome: TurnOutcome) -> bool:
        """Whether the rest of a text is understood; who has just reported a purchase need not end the reminders."""
        bought = any(isinstance(each, MilestoneReached) for each in outcome.events)
        if read.intent in {*IDLE, NO_ANSWER, *self.replay.opened} or (bought and read.intent == "reminder_settings"):
            return False
        likely = (
            says("a question", read.text) and read.confidence >= SURE_OF_GUESS and says("of the programme", read.text)
        )
        return is_sure(read) or likely or tells_a_step(read.text, self.today)
