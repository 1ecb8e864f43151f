"""How quickly one browser may speak: a few messages at once, then one a second; a script is asked to slow down."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Final

BURST: Final = 10
"""So many messages are answered at once."""

EVERY: Final = 1.0
"""Seconds from one message to the next after that."""

IN_HAND: Final = 20
"""So many may wait for their turn; nobody types more than that."""

_BROWSERS = 10_000


@dataclass(slots=True)
class Pace:
    """So many turns at once, and then one every so many seconds."""

    burst: int
    every: float
    _next: float = -inf

    def wait(self, now: float) -> float:
        """Take the next turn; return in how many seconds it comes."""
        turn = max(self._next, now - (self.burst - 1) * self.every)
        self._next = turn + self.every
        return max(0.0, turn - now)

    def take(self, now: float) -> bool:
        """Take a turn if there is one now."""
        return self._next <= now and self.wait(now) == 0


@dataclass(slots=True)
class VisitorLimiter:
    """The turns of one address. `told` while it knows that it is too quick."""

    told: bool = False
    in_order: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while something of this address is answered: one after the other."""

    _in_hand: int = 0
    turns: Pace = field(default_factory=lambda: Pace(BURST, EVERY))

    @property
    def full(self) -> bool:
        """Whether nothing more can be taken until something was answered."""
        return self._in_hand >= IN_HAND

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the next turn, and have it until the block ends."""
        self._in_hand += 1
        try:
            await asyncio.sleep(self.turns.wait(asyncio.get_running_loop().time()))
            yield
        finally:
            self._in_hand -= 1
            self.told = self.told and self._in_hand > IN_HAND // 2


@dataclass(slots=True)
class VisitorLimiters:
    """The pace of each address that was heard of lately, whichever of its pages speaks."""

    _known: OrderedDict[str, VisitorLimiter] = field(default_factory=OrderedDict)

    def of(self, address: str) -> VisitorLimiter:
        """Return the pace of an address."""
        pace = self._known.setdefault(address, VisitorLimiter())
        self._known.move_to_end(address)
        if len(self._known) > _BROWSERS:
            self._known.popitem(last=False)
        return pace

    def forget(self, address: str) -> None:
        """Drop the pace of an address; whoever is on the page keeps theirs until it is closed."""
        self._known.pop(address, None)
