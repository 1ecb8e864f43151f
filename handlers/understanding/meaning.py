"""What a message was understood to mean: the words that the conversations and the staff tools share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Entity(NamedTuple):
    """One named thing in a message.

    `kind` is one of wave, platform, partner, date, hour, budget, topic, profession, zone; `value` its canonical
    form (`"21"`, `"tokopedia"`, `"2021-10-17"`, `"19:30"`, rupiah as plain digits, `"WITA"`); `text` what was
    written, between the character offsets `start` and `end` of the message.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int


class Guess(NamedTuple):
    """One intent and the calibrated probability that it is the one meant."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one message means.

    `guesses` come best first, at least three. `certain` says that the best one may be answered without asking;
    `also` names further intents said in the same message, each of them certain.
    """

    text: str
    normalised: str
    guesses: tuple[Guess, ...]
    entities: tuple[Entity, ...]
    certain: bool
    also: tuple[str, ...] = ()

    @property
    def intent(self) -> str:
        """The most probable intent."""
        return self.guesses[0].intent

    @property
    def confidence(self) -> float:
        """The calibrated probability of the most probable intent."""
        return self.guesses[0].confidence

    def entity(self, kind: str) -> str | None:
        """The canonical value of the first entity of this kind, or None."""
        return next((entity.value for entity in self.entities if entity.kind == kind), None)
