"""How somebody is approached who has not written within a day: by an approved text, or why by none."""

from __future__ import annotations

from dataclasses import replace
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


async def test_who_wants_no_pictures_gets_the_text_without_one_as_far_as_it_is_approved(store: Store) -> None:
    """A picture too many costs data; silence may cost the place."""
    told = notice("deadline", "id", name="Yuli", wave="gelombang 21", cutoff="Kamis pukul 23.59 WIB")
    drawn, plain = Message("Batas", notice=told), Message("Batas", notice=replace(told, plain=True))
    both = await approach(store, "sobat_deadline_12h", "sobat_deadline_text_12h")
    assert (await both.template_for(plain, Kind.REMINDER, Terms(participant=1))).name == "sobat_deadline_text_12h"
    assert (await both.template_for(drawn, Kind.REMINDER, Terms(participant=1))).name == "sobat_deadline_12h"


async def test_where_only_the_pictured_text_is_approved_it_goes(store: Store) -> None:
    plain = notice("deadline", "id", name="Yuli", wave="gelombang 21", cutoff="Kamis pukul 23.59 WIB")
    there = await approach(store, "sobat_deadline_12h")
    message = Message("Batas", notice=replace(plain, plain=True))
    assert (await there.template_for(message, Kind.REMINDER, Terms(participant=1))).name == "sobat_deadline_12h"
