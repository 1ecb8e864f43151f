"""Dialogue: one conversation under way, as the answers told so far, by name, in the order in which they were told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

BROUGHT = "brought"
"""The answer under which words are kept that were told before the conversation, for a person who may be called."""


OPEN_FOR = timedelta(days=1)
"""How long a question may be answered in words; its buttons last longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """The one conversation that is kept of a person: open, or over and only kept in mind.

    `asked` names the question that waits for its answer, put last at `asked_at`, in UTC; one that asks nothing is
    over. `id` is 0 until the store has given one. `misses` counts the answers in a row that were not understood. At
    `forget_at`, in UTC, words that were brought along go, and one that is over goes with them; None where there is
    nothing to forget.
    """

    id: int = 0
    conversation: str
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    asked_at: datetime | None = None
    misses: int = 0
    forget_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it goes on with the next message."""
        return self.asked is not None

    def hears(self, now: datetime) -> bool:
        """Whether words said now may answer its question; a date in a sentence of next month doesn't."""
        return self.is_open and (self.asked_at is None or now - self.asked_at < OPEN_FOR)

    def at(self, now: datetime) -> Dialogue | None:
        """Return what is left of it by then, None where nothing is."""
        if self.forget_at is None or now < self.forget_at:
            return self
        if not self.is_open:
            return None
        answers = {name: value for name, value in self.answers.items() if name != BROUGHT}
        return replace(self, answers=answers, forget_at=None)
