"""What is alike stands in the same order whenever it is asked for: PostgreSQL moves a row that is changed."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.store import UnitOfWork
from bot.store.repositories.service_stats import latest_channel
from bot.store.schema.people import addresses, participants
from programme.helpdesk import CannedReply
from tests.store.samples import MONDAY, meet


async def test_what_was_missed_as_often_stands_as_it_came(tx: UnitOfWork) -> None:
    for text in ("kapan dong", "gimana ya", "terus apa"):
        await tx.misses.add(text, None, None)
    first, *_others = await tx.misses.grouped(9)
    await tx.misses.label(first.id, "status")
    await tx.misses.unlabel("status")
    assert [miss.text for miss in await tx.misses.grouped(9)] == ["kapan dong", "gimana ya", "terus apa"]


async def test_canned_replies_keep_their_places_when_one_is_written_anew(tx: UnitOfWork) -> None:
    for name in ("cair", "rekening"):
        await tx.agents.put_canned(CannedReply(name=name, intent="payment", text=name))
    await tx.agents.put_canned(CannedReply(name="cair", intent="payment", text="anew"))
    assert list(await tx.agents.canned()) == ["cair", "rekening"]


async def test_who_wrote_in_two_places_at_once_counts_where_they_are_written_to(tx: UnitOfWork) -> None:
    """The later address, as for what goes out."""
    person = await meet(tx)
    values = {"participant": person, "channel": "whatsapp", "address": "w1", "heard_at": MONDAY, "reachable": True}
    await tx.connection.execute(addresses.insert().values(values))
    telegram = update(addresses).where(addresses.c.channel == "telegram")
    for reachable in (False, True):
        await tx.connection.execute(telegram.values(reachable=reachable))
    shown = select(latest_channel()).where(participants.c.id == person)
    assert (await tx.connection.execute(shown)).scalar_one() == "whatsapp"
