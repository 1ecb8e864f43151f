"""What an operator reads of WhatsApp: what a broadcast comes to there, how far it came, and money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from programme.model.receipts import ReceiptState
from programme.model.whatsapp_outlook import Cost, WhatsAppOutlook
from programme.notices import longest


def whatsapp_lines(whatsapp: WhatsAppOutlook | None) -> Iterator[tuple[str, str]]:
    """Name, in a line or two, who gets it there, what that costs, and for how many days the quota spreads it."""
    if whatsapp is None:
        return
    reach, quota = whatsapp.reach, whatsapp.quota
    yield (
        "WhatsApp",
        f"{reach.people:,} people, {reach.outside:,} outside the 24-hour window: {cost_words(whatsapp.cost)}",
    )
    if reach.outside:
        yield "  outside", f"they get one line of at most {longest('text')} characters, without picture and buttons"
    if whatsapp.days > 1 and quota.per_day is not None:
        yield "  quota", f"{whatsapp.days} days, for {quota.per_day:,} people a day, {quota.free:,} of them now"


def receipt_lines(receipts: Mapping[ReceiptState | None, int]) -> Iterator[tuple[str, str]]:
    """Name how far those came that WhatsApp took: what it only accepted did not arrive yet."""
    if not receipts:
        return
    read = receipts.get(ReceiptState.READ, 0)
    yield "WhatsApp", f"{sum(receipts.values()):,} accepted"
    yield "  delivered", f"{receipts.get(ReceiptState.DELIVERED, 0) + read:,}, {read:,} of them read"
    if untold := receipts.get(None, 0):
        yield "  untold", f"{untold:,} of which WhatsApp has told nothing yet"


def cost_words(cost: Cost) -> str:
    """Say what messages cost; where a price is not known, how many there are of each category."""
    counted = ", ".join(f"{count:,} {category}" for category, count in cost.messages.items() if count)
    if not counted:
        return "nothing"
    if cost.amount is None:
        return f"{counted}; not every price is known, see bot/channels/whatsapp/prices.toml"
    return f"about {money(cost.amount, cost.currency)} ({counted}; prices of {cost.as_of}, look the card up before use)"


def money(amount: Decimal, currency: str) -> str:
    """Write an amount: US$1,234.50."""
    return f"{currency}{amount:,.2f}"
