"""People of wave 21 on WhatsApp, some within their window and some not, and what Meta told of the account."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from bot.store import Store, UnitOfWork
from bot.store.schema.people import addresses
from tests.broadcast.crowd import MONDAY, settle_in

DAYS_AGO = MONDAY - timedelta(days=9)


async def come_over(tx: UnitOfWork, ids: range, heard_at: datetime, *, reachable: bool = True) -> None:
    """Have people who have Telegram write on WhatsApp, too."""
    place = {"channel": "whatsapp", "heard_at": heard_at, "reachable": reachable}
    rows = [{"participant": number, "address": f"62812{number:07}", **place} for number in ids]
    if rows:
        await tx.connection.execute(insert(addresses), rows)


async def crowd(store: Store, inside: int, outside: int, tier: int, used: int = 0) -> None:
    """Settle so many on WhatsApp; they have Telegram since `MONDAY` only where they did not write there after that."""
    async with store.writing() as tx:
        everybody = range(101, inside + outside + 101)  # those before write by themselves
        await settle_in(tx, everybody)
        await come_over(tx, everybody[:inside], MONDAY + timedelta(seconds=1))
        await _only_whatsapp(tx, everybody[inside:])
        await tx.accounts.learn("whatsapp", {"tier": str(tier)})
        await tx.accounts.approach("whatsapp", everybody[:used])


async def _only_whatsapp(tx: UnitOfWork, ids: range) -> None:
    await tx.connection.execute(addresses.update().where(addresses.c.participant.in_(ids)).values(heard_at=DAYS_AGO))
    await come_over(tx, ids, DAYS_AGO + timedelta(days=1))
