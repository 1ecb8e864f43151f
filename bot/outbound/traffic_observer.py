"""Traffic observer: hears of what passes, so that it can be counted. It must be quick, and whatever it does is no
part of what it hears of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from handlers.dialogue.turn_input import TurnOutcome
from programme.model.deliveries import Settlement
from programme.model.messages import Incoming, Kind
from programme.model.receipts import ReceiptState


class TrafficObserver:
    """Hears of messages as they pass, and counts nothing. Channels by name, times in seconds."""

    def took(self, channel: str, seconds: float) -> None:
        """Hear how long a channel took for one message, whatever came of it."""

    def throttled(self, channel: str, seconds: float) -> None:
        """Hear that a channel wants to hear nothing for so long."""

    def settled(self, settlements: Sequence[Settlement]) -> None:
        """Hear what became of deliveries, once that is written."""

    def closed(self, closed: Mapping[tuple[str, Kind, str], int]) -> None:
        """Hear how many were closed unsent by a claim: by channel (empty where none was known), kind and state."""

    def reported(self, channel: str, told: Mapping[tuple[Kind, ReceiptState], int]) -> None:
        """Hear how far messages came, as their channel told later."""

    def decided(self, incoming: Incoming, outcome: TurnOutcome | None) -> None:
        """Hear what a message led to, once that is written."""

    def replied(self, channel: str, seconds: float) -> None:
        """Hear how long somebody waited until the replies to a message were with the channel, and that was written."""


UNOBSERVED: Final = TrafficObserver()
"""For whoever serves nobody."""
