"""Taking back: what comes of a text that keeps, denies, doubts or puts right what was noted."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, replace

from handlers.dialogue.own_questions import own_questions
from handlers.dialogue.question import SKIPPED
from handlers.dialogue.register import Purpose
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import SAID
from handlers.dialogue.turn_context import TurnContext
from handlers.dialogue.turn_input import TurnOutcome
from handlers.understanding.corrections import tells_of_failure
from handlers.understanding.denials import Denial
from handlers.understanding.phrases import says
from handlers.understanding.sentences import only_questions
from programme.model.messages import Open
from programme.model.milestones import Milestone


@dataclass(frozen=True, slots=True)
class TakingBack:
    """Answers what a text says of the person's own reports."""

    context: TurnContext

    def of_what_was_noted(self, text: str) -> Awaitable[TurnOutcome] | None:
        """Return what comes of a text that keeps, denies, puts right or takes back what was noted, whatever is open."""
        if self.context.corrections.is_protest(text):
            return self.context.by(
                "a report that was right", self.context.replay.open(self.context.corrections.restoring())
            )
        if (denial := self.context.corrections.denied(text)) is not None:
            return self.context.by("a report that is denied", self._denied(denial, text))
        if (right := self.context.corrections.redated(text)) is not None:
            return self.context.by("a day that is put right", self._put_right(*right))
        if (moved := self.context.corrections.moved(text)) is not None and self.is_sold_at(
            moved.answers.get("platform")
        ):
            return self.context.by("a platform that is put right", self._put_right(moved, _asked_beside(text)))
        if self.context.dialogue is None and self.context.corrections.is_retracted(text):
            return self.context.by("a report taken back", self.take_back())
        return None

    def against_a_report(self, text: str) -> Awaitable[TurnOutcome] | None:
        """Return what takes a report back, or doubts it, where a text does."""
        if self.context.corrections.is_mistake(text):
            return self.context.by("a report taken back", self.take_back())
        if self.context.corrections.is_doubted(text):
            return self.context.by("a doubt about a report", self.doubted(text))
        return None

    async def doubted(self, text: str) -> TurnOutcome:
        """Take the purchase back at once, since reminders too many cost less than a place; help where it failed."""
        outcome = await self.context.replay.open(self.context.corrections.doubting())
        if self.context.replay.participant.has(Milestone.BOUGHT) or not _tells_of_trouble(text):
            return outcome
        told = {entity.kind: entity.value for entity in reversed(self.context.understood(text).entities)}
        code = {"what": "number"} if says("a code", text) else {}
        helped = await self.context.replay.open(Purpose.BUYING_FAILS, {**told, **code, SAID: text})
        return replace(helped, reply=outcome.reply.then(helped.reply))

    async def _denied(self, denial: Denial, text: str) -> TurnOutcome:
        """Take back what a text speaks against, and answer what else it says as a message of its own."""
        if self.context.corrections.is_concluded(text):
            return await self.context.replay.open(self.context.corrections.doubting(unseen=True))
        if self.context.corrections.is_doubted(text):
            return await self.doubted(text)
        outcome = await self.context.replay.open(self.context.corrections.denying(denial))
        answered = await self.context.and_the_rest(outcome, denial.rest)
        undone, *others = answered.messages
        return replace(answered, reply=Reply(tuple(others)).after(undone.text)) if others else answered

    async def _put_right(self, report: Open, rest: str) -> TurnOutcome:
        """Note a step anew as it was corrected, and answer what else a text says."""
        return await self.context.and_the_rest(await self.context.replay.open(report), rest)

    async def take_back(self) -> TurnOutcome:
        """Take back what was noted last, or what the text speaks of."""
        return await self.context.replay.open(self.context.corrections.taking_back(self.context.given.incoming.text))

    def is_sold_at(self, named: str | None) -> bool:
        """Whether trainings are sold where somebody says they bought instead; anything else was no purchase."""
        if named in {None, SKIPPED}:
            return True
        platform = self.context.given.programme.platform(named or "")
        return platform is not None and platform.sells_in(self.context.today.year)


def _asked_beside(text: str) -> str:
    """Return what a text asks, in questions of their own where it asks several, marked or not."""
    return "? ".join((*own_questions(text), "")).strip() or only_questions(text)


def _tells_of_trouble(text: str) -> bool:
    """Whether a text says what went wrong as it was paid: *belum kebayar, OTP-nya ga masuk-masuk*."""
    return tells_of_failure(text) or says("a code", text)
