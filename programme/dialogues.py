"""A conversation under way: what has been told so far, by name, in the order in which it was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One open conversation of one person. `asked` names the question that waits for its answer.

    `id` is 0 until the store has given one. `misses` counts the answers in a row that were not understood. One that
    asks nothing is over: only what was told stays in mind until something else is said.
    """

    id: int = 0
    conversation: str
    answers: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    misses: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it goes on with the next message."""
        return self.asked is not None
