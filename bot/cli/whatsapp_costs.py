"""`sobat whatsapp costs`: what Meta charged for, by day, kind and category, with the sum by the prices known."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.prices import Prices, load_prices
from bot.cli.errors import told
from bot.cli.options import Database
from bot.cli.whatsapp_words import cost_words
from programme.model.zones import Zone

if TYPE_CHECKING:
    from bot.store.repositories.channel_accounts import Charge

console = Console()
_LATELY = timedelta(days=30)


def costs(
    since: Annotated[str | None, typer.Option("--since", help="First day (WIB), such as 2026-11-01.")] = None,
    database: Database = None,
) -> None:
    """Show what was charged for, by day (WIB), kind and category, and what that costs by the prices known.

    Without --since, the last 30 days. Counted are messages of which Meta told that they arrived.
    """
    told(lambda: asyncio.run(show_costs(database, _day(since))))


async def show_costs(database: str | None, since: date | None) -> None:
    """Print the table and its sum."""
    from bot.cli.acting import opened

    async with opened(database) as store, store.reading() as tx:
        begin = since or tx.now.astimezone(Zone.WIB.tz).date() - _LATELY
        charges = await tx.accounts.charges(CHANNEL, begin)
    if not charges:
        console.print(f"nothing was charged for on WhatsApp since {begin}")
        return
    prices = load_prices()
    table = Table("day", "kind", "category", "messages", "of them charged", prices.currency)
    for row in rows(charges, prices):
        table.add_row(*row)
    console.print(table)
    console.print(_sum(charges, prices), highlight=False, soft_wrap=True)


def rows(charges: Iterable[Charge], prices: Prices) -> list[tuple[str, ...]]:
    """Return a line a day, kind and category; the sum is empty where the price is not known."""
    messages: Counter[tuple[date, str, str]] = Counter()
    charged: Counter[tuple[date, str, str]] = Counter()
    for each in charges:
        key = (each.day, each.kind.value, each.category)
        messages[key] += each.messages
        charged[key] += each.messages if each.billable else 0
    return [
        (f"{key[0]}", *key[1:], f"{count:,}", f"{charged[key]:,}", _price(prices, key[2], charged[key]))
        for key, count in sorted(messages.items())
    ]


def _price(prices: Prices, category: str, charged: int) -> str:
    amount = prices.sum_of({category: charged})
    return "" if amount is None else f"{amount:,.2f}"


def _sum(charges: Iterable[Charge], prices: Prices) -> str:
    """Say what all of it costs, as far as prices are known, and what is not in that."""
    counted: Counter[str] = Counter()
    for each in charges:
        counted[each.category] += each.messages if each.billable else 0
    known = {category: count for category, count in counted.items() if category in prices.per_message}
    unknown = {category: count for category, count in counted.items() if category not in prices.per_message and count}
    words = f"in all: {cost_words(prices.cost(known))}"
    if not unknown:
        return words
    left = ", ".join(f"{count:,} {category}" for category, count in sorted(unknown.items()))
    return f"{words}; beside that, of unknown price: {left}"


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"{written!r} is no day such as 2026-11-01") from None
