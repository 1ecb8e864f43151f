"""Complaint memory: what was told of a trouble, so that whoever then asks for a person need not tell it again.

It is kept as a dialogue that is over, or with the one that is open, until something else is turned to. So is a
message that Sobat is not for: who sends two in a row is offered a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.dialogue.register import Brings, Purpose, conversation_for, family_of, traits_of
from handlers.dialogue.turn import SAID
from handlers.dialogue.whose import FORWARDED, PASSED_ON
from programme.model.dialogues import BROUGHT, Dialogue
from programme.redaction.without_numbers import without_numbers

STORY = 500
"""Characters of a complaint that are kept."""

KEPT_FOR = timedelta(hours=23)
"""How long it is kept; with the hour until the next tidying, at most a day."""

_NAMED = ("platform", "partner")
_SHORTEST = 3  # words; fewer tell nobody anything


@dataclass(slots=True)
class ComplaintMemory:
    """What is remembered during one message: `before` was told before it, `told` in it."""

    before: Dialogue | None
    told: Dialogue | None = None

    @classmethod
    def after(cls, stored: Dialogue | None) -> ComplaintMemory:
        """Return what the dialogue that is stored leaves in mind; one that is over is just that."""
        return cls(_story(stored) if stored is not None and stored.is_open else stored)

    @property
    def kept(self) -> Dialogue | None:
        """What was told last, as a dialogue that asks nothing."""
        return self.told or self.before

    @property
    def story(self) -> str | None:
        """The words that were told."""
        return self.kept.answers.get(BROUGHT) if self.kept is not None else None

    def follow(self, played: Dialogue) -> None:
        """Take in a dialogue that is played. Once people are asked for, they have it."""
        name = played.conversation
        if traits_of(name).purpose is Purpose.PERSON:
            self.before = self.told = None
        elif traits_of(name).trouble and (story := _story(played)) is not None:
            self.told = self._with_what_was_told(story)
        elif self.before is not None and not _goes_with(name, self.before.conversation):
            self.before = None

    def _with_what_was_told(self, story: Dialogue) -> Dialogue:
        """Return a story behind what was told of the same trouble before: the last words alone may say little of it."""
        if self.kept is None or family_of(self.kept.conversation) != family_of(story.conversation):
            return story
        earlier, last = self.story or "", story.answers[BROUGHT]
        words = last if earlier in last else earlier if last in earlier else f"{earlier}\n{last}"
        return replace(story, answers={**self.kept.answers, **story.answers, BROUGHT: words[:STORY]})

    def add(self, text: str) -> None:
        """Add words that were not understood."""
        words = "\n".join(filter(None, (self.story, text)))
        self.told = Dialogue(conversation=conversation_for(Purpose.UNCLEAR), answers={BROUGHT: words[:STORY]})

    def opening(self, name: str, text: str, answers: Mapping[str, str]) -> dict[str, str]:
        """Return the answers to open a conversation with: a person gets the story, what is no trouble doesn't."""
        traits = traits_of(name)
        if traits.brings is not None:
            return self._brought(traits.brings, text, answers) | dict(answers)
        wanted = traits.trouble or traits.purpose is Purpose.UNCLEAR
        return {answer: value for answer, value in answers.items() if wanted or answer != BROUGHT}

    def _brought(self, brings: Brings, text: str, answers: Mapping[str, str]) -> dict[str, str]:
        """Return what a story in mind gives to a person; one that is too short tells nobody anything."""
        kept = self.kept
        if kept is None or len((self.story or "").split()) < _SHORTEST:
            return {}
        return brings(kept, text, answers)

    def left_with(self, dialogue: Dialogue | None, now: datetime, *, missed: bool) -> Dialogue | None:
        """Return the dialogue to keep: the open one with what is in mind, else what is in mind alone.

        Its words lose their numbers: whoever reads them later wants to know what they are about.
        """
        left = self._left_with(dialogue, now, missed=missed)
        return None if left is None else replace(left, answers=_masked(left.answers))

    def _left_with(self, dialogue: Dialogue | None, now: datetime, *, missed: bool) -> Dialogue | None:
        if dialogue is None or not dialogue.is_open:
            kept = self.kept or Dialogue(conversation=conversation_for(Purpose.NO_ANSWER))
            return _until(replace(kept, misses=int(missed)), now) if missed or self.story else None
        if self.kept is not None and self.story and _story(dialogue) is None:
            answers = {**dialogue.answers, BROUGHT: self.story}
            dialogue = replace(dialogue, answers=answers, forget_at=self.kept.forget_at)
        return _until(dialogue, now) if BROUGHT in dialogue.answers else dialogue


def _masked(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: without_numbers(value) if name in {SAID, BROUGHT} else value for name, value in answers.items()}


def missed_before(dialogue: Dialogue | None) -> bool:
    """Tell whether the message before was one that Sobat is not for, and nothing was asked then."""
    return dialogue is not None and not dialogue.is_open and dialogue.misses > 0


def _story(dialogue: Dialogue) -> Dialogue | None:
    """Return what a dialogue was told of a trouble, if anything."""
    said = dialogue.answers.get(SAID) if traits_of(dialogue.conversation).trouble else None
    if said is not None and PASSED_ON in dialogue.answers:
        said = f"{FORWARDED} {said}"
    story = dialogue.answers.get(BROUGHT, said)
    if not story:
        return None
    named = {name: value for name in _NAMED if (value := dialogue.answers.get(name)) is not None}
    answers = {**named, BROUGHT: story[:STORY]}
    return Dialogue(conversation=dialogue.conversation, answers=answers, forget_at=dialogue.forget_at)


def _goes_with(name: str, trouble: str) -> bool:
    return traits_of(name).beside or family_of(name) == family_of(trouble)


def _until(dialogue: Dialogue, now: datetime) -> Dialogue:
    return dialogue if dialogue.forget_at is not None else replace(dialogue, forget_at=now + KEPT_FOR)
