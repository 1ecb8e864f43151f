"""Intent counts: how many messages of an hour were understood as what, kept as counts and as nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.store import Store
from handlers.dialogue.register import conversations
from handlers.dialogue.turn_input import TurnOutcome

NAME: Final = "intents"
OTHER: Final = "other"
"""What was pressed or answered on the way, and what was not understood, belongs to no conversation of its own."""


@dataclass(slots=True, eq=False)
class IntentCounts:
    """Counts in memory and adds to the store now and then: what a process counted last dies with it."""

    store: Store
    _counts: Counter[tuple[datetime, str]] = field(default_factory=Counter)

    def note(self, outcome: TurnOutcome | None) -> None:
        """Count what a message was understood as."""
        if outcome is not None:
            hour = self.store.clock.now().replace(minute=0, second=0, microsecond=0)
            known = conversations().get(outcome.intent or OTHER)
            self._counts[hour, known.name if known is not None and known.about else OTHER] += 1

    async def write(self) -> None:
        """Add what was counted to the store. Where it is away, that is added next time."""
        counted, self._counts = self._counts, Counter()
        if not counted:
            return
        try:
            async with self.store.writing() as tx:
                await tx.tallies.add(NAME, counted)
        except Exception:
            self._counts.update(counted)
            raise
