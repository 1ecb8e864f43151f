"""Port of a token bucket: what a worker asks of the rate that it shares with others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

TALKING = 10.0
"""For how many seconds after a reply somebody counts as talking."""

HORIZON = 60.0
"""Further ahead, in seconds, no slot was ever leased: a moment beyond it comes from a clock that jumped."""


@dataclass(frozen=True, slots=True)
class Grant:
    """Slots to send in. All in seconds: the first is `begins_in` from now, each next one `apart` later.

    `frozen_for` tells how long the channel still wants to hear nothing at all.
    """

    slots: int
    begins_in: float
    apart: float
    frozen_for: float = 0.0


class TokenBucket(Protocol):
    """The rate of one account."""

    @property
    def rate(self) -> float:
        """Return the messages a second that the channel permits."""
        ...

    async def lease(self, slots: int) -> Grant:
        """Take the next free slots; nobody else gets them."""
        ...

    async def spend(self, slots: int) -> Grant:
        """Count messages that went out at once, and note that somebody is talking; the grant holds no slots."""
        ...

    async def freeze(self, seconds: float) -> None:
        """Stop everybody for so long."""
        ...
