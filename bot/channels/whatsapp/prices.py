"""What messages on WhatsApp cost, as far as their prices are known: `prices.toml` says from when and where they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from programme.model.whatsapp_outlook import Cost, OverWhatsApp

FILE: Final = Path(__file__).with_name("prices.toml")
SERVICE: Final = "service"
"""The category of what is said freely, within the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Prices by category, in `currency`, as they were in `as_of`; of the others none is known."""

    country: str
    currency: str
    source: str
    as_of: str
    announcements: str
    free_service_a_month: int
    per_message: Mapping[str, Decimal]

    def sum_of(self, messages: Mapping[str, int]) -> Decimal | None:
        """Return what so many messages of each category cost; None where a price is not known."""
        counted = {category: count for category, count in messages.items() if count}
        if not counted.keys() <= self.per_message.keys():
            return None
        return sum((self.per_message[category] * count for category, count in counted.items()), Decimal())

    def cost(self, messages: Mapping[str, int]) -> Cost:
        """Return the same with what it is made of."""
        return Cost(messages, self.sum_of(messages), self.currency, self.as_of)

    def of_announcement(self, reach: OverWhatsApp, service_used: int) -> Cost:
        """Return what an announcement costs, where so many service messages were sent in this month already."""
        free = max(0, self.free_service_a_month - service_used)
        within = max(0, reach.people - reach.outside - free)
        return self.cost({self.announcements: reach.outside, SERVICE: within})


@cache
def load_prices(file: Path = FILE) -> Prices:
    """Read the prices."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    data["per_message"] = {category: Decimal(price) for category, price in data["per_message"].items()}
    return Prices(**data)
