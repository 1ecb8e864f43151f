"""What a broadcast comes to on WhatsApp: whom it meets outside of their window, the day's quota of them, the cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

A_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OverWhatsApp:
    """How many `people` get it over WhatsApp, and how many of them have not written within their window."""

    people: int = 0
    outside: int = 0

    def of(self, left: int, everybody: int) -> OverWhatsApp:
        """Return the same for the `left` of all who were meant, as if every part of them were alike."""
        if left >= everybody:
            return self
        return OverWhatsApp(-(-self.people * left // everybody), -(-self.outside * left // everybody))


@dataclass(frozen=True, slots=True)
class DayQuota:
    """How many people outside of their window broadcasts may write to in any 24 hours; `per_day` None for any number.

    `used` of them were written to in the last 24 hours.
    """

    per_day: int | None = None
    used: int = 0

    @property
    def free(self) -> int | None:
        """How many may be written to at once; None for any number."""
        return None if self.per_day is None else max(0, self.per_day - self.used)

    def waits(self, outside: int) -> int:
        """Return for how many times 24 hours the last of so many people wait."""
        if self.per_day is None or self.free is None or outside <= self.free:
            return 0
        return -(-(outside - self.free) // self.per_day)

    def last_portion(self, outside: int) -> int:
        """Return how many of so many people are left for the last of these times."""
        waits = self.waits(outside)
        if not waits or self.per_day is None or self.free is None:
            return outside
        return outside - self.free - (waits - 1) * self.per_day


@dataclass(frozen=True, slots=True)
class Cost:
    """How many messages are charged, by category, and what they cost, as far as their prices are known.

    `amount` is None where the price of one of them is not; `as_of` says how old the prices are.
    """

    messages: Mapping[str, int]
    amount: Decimal | None
    currency: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppOutlook:
    """What the part of a broadcast comes to that goes over WhatsApp."""

    reach: OverWhatsApp
    quota: DayQuota
    lasts: timedelta
    cost: Cost

    @property
    def days(self) -> int:
        """On how many days it goes out; 1 where the quota holds nobody up."""
        return 1 + self.quota.waits(self.reach.outside)
