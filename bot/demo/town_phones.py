"""Town phones: the channel of the demonstration's made-up people, who get what is announced one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Final

from bot.channels.channel import FREE, Postponed, Terms
from programme.model.clock import Clock
from programme.model.messages import Kind, Message

PACE: Final = 15
"""Messages a second of the demonstration's clock, so that one sees how a broadcast comes along."""

_TOGETHER: Final = 250_000
"""Microseconds whose messages go at one moment: the demonstration's clock stops at each of them."""

_SLOT: Final = timedelta(seconds=1 / PACE)


@dataclass(slots=True)
class TownPhones:
    """Takes what goes to the town, each message in a slot of its own: who is too early is put off until then."""

    clock: Clock
    name: str = "demo"
    _next: dict[bool, datetime] = field(default_factory=dict)
    _slots: dict[tuple[str, bool], datetime] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=count)

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Take a message; return its id. Raises Postponed where its slot is still ahead.

        What changes a message has slots of its own: those of one that was called off stay empty.
        """
        now, whose = self.clock.now(), (address, edits is not None)
        slot = self._slots.pop(whose, None) or self._take(now, changes=edits is not None)
        if slot > now:
            self._slots[whose] = slot
            raise Postponed((slot - now).total_seconds(), "the town's pace")
        return edits or f"kota-{next(self._ids)}"

    def _take(self, now: datetime, *, changes: bool) -> datetime:
        slot = max(self._next.get(changes, now), now)
        if slot > now + timedelta(days=1):  # the clock was set back
            slot = now
        self._next[changes] = slot + _SLOT
        return slot.replace(microsecond=slot.microsecond // _TOGETHER * _TOGETHER)
