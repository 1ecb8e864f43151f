"""What Meta would charge a message as, in a few words, and at what price where that is known."""

from __future__ import annotations

from bot.channels.whatsapp.prices import SERVICE, load_prices


def charge_of(category: str) -> str:
    """Return the category and its price; of what a month has many free of charge, the category alone."""
    prices = load_prices()
    price = prices.sum_of({category: 1})
    if price is None or (category == SERVICE and prices.free_service_a_month):
        return category
    return f"{category}, {prices.currency}{price} ({prices.as_of})"
