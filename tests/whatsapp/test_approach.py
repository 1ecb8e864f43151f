"""How somebody is approached who has not written within a day: by an approved text, or why by none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.channel import NotHere, Terms, TooLate
from bot.channels.whatsapp.approach import Approach
from bot.channels.whatsapp.asking import Asking
from bot.channels.whatsapp.template_book import TemplateBook
from bot.channels.whatsapp.tier import Tier
from bot.store import Store
from programme.model.messages import Kind, Message
from programme.model.templates import TemplateNews, TemplateState
from programme.notices import notice
from tests.databases import MONDAY

NEWS = Message("Kuota masih ada.", notice=notice("announcement", "id", text="Kuota masih ada."))


async def approach(store: Store, *approved: str) -> Approach:
    news = [
        TemplateNews(name=name, language="id", at=MONDAY, state=TemplateState.APPROVED, category="UTILITY")
        for name in approved
    ]
    async with store.writing() as tx:
        await tx.templates.apply(news)
    book = TemplateBook(store)
    await book.refresh()
    return Approach(book, Tier(store, 250), store.clock, Asking(store, store.clock))


async def test_the_last_minutes_are_too_late_for_an_approved_text(store: Store) -> None:
    """None lives so short; an hour before one does."""
    there = await approach(store, "sobat_announcement_12h")
    day = Terms(participant=1, not_after=MONDAY + timedelta(days=1))
    assert (await there.template_for(NEWS, Kind.BROADCAST, day)).name == "sobat_announcement_12h"
    with pytest.raises(TooLate):
        await there.template_for(NEWS, Kind.BROADCAST, Terms(participant=1, not_after=MONDAY + timedelta(seconds=30)))


async def test_where_no_text_is_approved_that_is_not_for_want_of_time(store: Store) -> None:
    with pytest.raises(NotHere) as found:
        await (await approach(store)).template_for(NEWS, Kind.BROADCAST, Terms(participant=1))
    assert not isinstance(found.value, TooLate)
