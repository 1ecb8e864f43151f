"""What an import would change, counted before anything is changed, and what of it looks wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


class EffectKind(Enum):
    """What is counted, in the words in which it is told."""

    NOT_BOUGHT = "become not bought"
    OTHER_WAVE = "come into another wave"
    OTHER_AMOUNT = "get another amount"
    NO_LONGER_PAID = "become not paid"
    NO_CUTOFF = "are in a wave without a cutoff: no reminder before it"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a line does and that is counted; `about` tells more, such as the wave."""

    kind: EffectKind
    about: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """From which share of the lines on an effect looks wrong; `known` counts only those that were there before."""

    share: float
    known: bool


_DOUBTS = {
    EffectKind.NOT_BOUGHT: Doubt(0.01, known=True),
    EffectKind.NO_LONGER_PAID: Doubt(0.01, known=True),
    EffectKind.OTHER_WAVE: Doubt(0.05, known=True),
    EffectKind.OTHER_AMOUNT: Doubt(0.05, known=True),
    EffectKind.NO_CUTOFF: Doubt(0.5, known=False),
}
_BAD_SHARE = 0.2
_BAD_LEAST = 20
_FEW = 20
"""Of a list shorter than this, a share says little; what it does to those known before is asked about all the same."""


@dataclass(slots=True)
class Changes:
    """The difference between a list and what is known."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    fractions: int = 0
    bad: int = 0
    effects: Counter[EffectKind] = field(default_factory=Counter)
    about: dict[EffectKind, Counter[str]] = field(default_factory=dict)

    @property
    def good(self) -> int:
        """How many rows can be kept, those that say the same twice included."""
        return self.new + self.changed + self.unchanged + self.repeated

    def compare(self, before: object, *, differs: bool, times: int) -> None:
        """Count so many lines of which the same was known, and whether what is to be kept differs from it."""
        if before is None:
            self.new += times
        elif differs:
            self.changed += times
        else:
            self.unchanged += times

    def count(self, effect: Effect, times: int) -> None:
        """Add one effect of so many lines."""
        self.effects[effect.kind] += times
        if effect.about:
            self.about.setdefault(effect.kind, Counter())[effect.about] += times

    def document(self) -> dict[str, int]:
        """Return the counts by name, for the records."""
        counts = {"new": self.new, "changed": self.changed, "unchanged": self.unchanged, "bad": self.bad}
        return counts | {kind.name.casefold(): count for kind, count in self.effects.items()}

    def lines(self) -> Iterator[str]:
        """Tell the difference, one sentence a line."""
        yield f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} as they are"
        for kind in EffectKind:
            if self.effects[kind]:
                about = self.about.get(kind, Counter())
                which = ", ".join(f"{name}: {count:,}" for name, count in about.most_common(8))
                yield f"{self.effects[kind]:,} {kind.value}{f' ({which})' if which else ''}"
        if self.repeated:
            yield f"{self.repeated:,} rows say what another row says already: taken once"
        if self.fractions:
            yield f"{self.fractions:,} numbers ended in .0 or ,0, and were read without it"

    def doubts(self) -> Iterator[str]:
        """Tell what looks wrong: too large a share for a list that is right."""
        for kind, count, of in self.doubtful():
            yield f"{count:,} of {of:,} {'rows are bad' if kind is None else kind.value}"

    def doubtful(self) -> Iterator[tuple[EffectKind | None, int, int]]:
        """Return what looks wrong: an effect, None for bad rows, with how many lines of how many have it."""
        before = self.changed + self.unchanged
        for kind, doubt in _DOUBTS.items():
            of = before if doubt.known else before + self.new
            if self.effects[kind] > doubt.share * of and (doubt.known or of >= _FEW):
                yield kind, self.effects[kind], of
        rows = self.good + self.bad
        if self.bad >= _BAD_LEAST and self.bad > _BAD_SHARE * rows:
            yield None, self.bad, rows
