"""What stays in mind when an answer ends a dialogue, until something else is said: a trouble told, a miss.

Whoever then asks for a person need not tell it again, and who is not understood twice is offered one. It is kept
as a dialogue that asks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handlers.handoff import BROUGHT, SELF_HELP, STORY, spoken_of
from handlers.turn import SAID
from programme.dialogues import Dialogue

_TROUBLES = frozenset({*SELF_HELP.values(), "balance", "incentive_history", "payment_account"})
"""Conversations whose opening words tell of something that a person may have to look at."""
_MATTERS = {conversation: about for about, conversation in SELF_HELP.items()}
_NAMED = ("platform", "partner")
_NO_ANSWER = "out_of_scope"
_SHORTEST = 3  # words; fewer tell nobody anything


def in_mind(dialogue: Dialogue | None) -> Dialogue | None:
    """Return what to remember of a dialogue; one that is over is what is remembered already."""
    return told_in(dialogue) if dialogue is not None and dialogue.is_open else dialogue


def told_in(dialogue: Dialogue) -> Dialogue | None:
    """Return what a dialogue was told of a trouble, if anything."""
    said = dialogue.answers.get(SAID) if dialogue.conversation in _TROUBLES else None
    story = dialogue.answers.get(BROUGHT, said)
    if not story:
        return None
    named = {name: value for name in _NAMED if (value := dialogue.answers.get(name)) is not None}
    return Dialogue(conversation=dialogue.conversation, answers={**named, BROUGHT: story[:STORY]})


def missed_before(dialogue: Dialogue | None) -> bool:
    """Tell whether the message before was one that Sobat is not for, and nothing was asked then."""
    return dialogue is not None and not dialogue.is_open and dialogue.misses > 0


def with_more(mind: Dialogue | None, text: str) -> Dialogue:
    """Add words that were not understood to what was told before them."""
    before = mind.answers.get(BROUGHT) if mind is not None else None
    story = "\n".join(filter(None, (before, text)))
    return Dialogue(conversation="clarify", answers={BROUGHT: story[:STORY]})


def for_a_person(mind: Dialogue | None, text: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Return what is brought along to a person, as answers; nothing where they are wanted for something else."""
    story = mind.answers.get(BROUGHT, "") if mind is not None else ""
    if mind is None or len(story.split()) < _SHORTEST:
        return {}
    about = _MATTERS.get(mind.conversation)
    if about is None:
        return {BROUGHT: story}
    elsewhere = answers.get("about", spoken_of(text)) not in {about, "other"}
    return {} if elsewhere else {**mind.answers, "about": about, "tried": "1"}


def remembering(dialogue: Dialogue | None, mind: Dialogue | None, intent: str | None) -> Dialogue | None:
    """Return the dialogue to keep: the open one with what is in mind, else what is in mind alone."""
    missed = intent == _NO_ANSWER
    if dialogue is None or not dialogue.is_open:
        kept = mind or Dialogue(conversation=_NO_ANSWER)
        return replace(kept, misses=int(missed)) if missed or BROUGHT in kept.answers else None
    if mind is None or BROUGHT not in mind.answers or told_in(dialogue) is not None:
        return dialogue
    return replace(dialogue, answers={**dialogue.answers, BROUGHT: mind.answers[BROUGHT]})
