"""How templates stand at Meta: told in any order, and a template that is taken from us is told of once."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from bot.channels.whatsapp.template_book import TemplateBook
from bot.store import Store, UnitOfWork
from programme.model.templates import BarredTemplate, TemplateNews, TemplateState
from tests.databases import MONDAY

NAME = "sobat_deadline_12h"
HOUR = timedelta(hours=1)


def news(state: TemplateState | None = None, hours: int = 0, **told: str) -> TemplateNews:
    return TemplateNews(name=NAME, language="id", at=MONDAY + hours * HOUR, state=state, **told)


APPROVED = news(TemplateState.APPROVED, category="UTILITY")


async def test_an_approved_one_is_usable(tx: UnitOfWork) -> None:
    assert await tx.templates.usable() == frozenset()
    assert await tx.templates.apply([news(TemplateState.PENDING, -1)]) == []
    assert await tx.templates.usable() == frozenset()
    assert await tx.templates.apply([APPROVED]) == []
    assert await tx.templates.usable() == {(NAME, "id")}


async def test_what_only_part_is_told_of_leaves_the_rest(tx: UnitOfWork) -> None:
    """A webhook of the quality says nothing of the state."""
    await tx.templates.apply([APPROVED])
    await tx.templates.apply([news(hours=1, quality="GREEN")])
    found = await tx.templates.get(NAME, "id")
    assert found is not None
    assert (found.state, found.category, found.quality) == (TemplateState.APPROVED, "UTILITY", "GREEN")


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_the_newest_news_hold_in_whatever_order_they_come(tx: UnitOfWork, order: tuple[int, ...]) -> None:
    told = (news(TemplateState.PENDING), news(TemplateState.APPROVED, 1), news(TemplateState.PAUSED, 2))
    for place in order:
        await tx.templates.apply([told[place]])
    assert await tx.templates.usable() == frozenset()
    found = await tx.templates.get(NAME, "id")
    assert found is not None
    assert found.state is TemplateState.PAUSED


@pytest.mark.parametrize("state", [TemplateState.PAUSED, TemplateState.REJECTED, TemplateState.DISABLED])
async def test_one_that_meta_takes_from_us_is_told_of_once(tx: UnitOfWork, state: TemplateState) -> None:
    await tx.templates.apply([APPROVED])
    taken = news(state, 1, reason="INVALID_FORMAT")
    assert await tx.templates.apply([taken]) == [BarredTemplate(NAME, "id", state, "INVALID_FORMAT")]
    assert await tx.templates.apply([taken]) == []
    assert await tx.templates.usable() == frozenset()


async def test_one_that_is_filed_as_marketing_stays_stopped_when_it_is_filed_back(tx: UnitOfWork) -> None:
    """Filing clears its time to live: somebody has to look before it is sent again."""
    await tx.templates.apply([APPROVED])
    barred = await tx.templates.apply([news(hours=1, category="MARKETING")])
    assert barred == [BarredTemplate(NAME, "id", "MARKETING")]
    await tx.templates.apply([news(hours=2, category="UTILITY")])
    assert await tx.templates.usable() == frozenset()
    assert await tx.templates.go_on(NAME, "id")
    assert await tx.templates.usable() == {(NAME, "id")}


async def test_one_that_we_stop_is_not_sent_whatever_meta_says(tx: UnitOfWork) -> None:
    await tx.templates.apply([APPROVED])
    assert await tx.templates.stop(NAME, "id")
    await tx.templates.apply([news(TemplateState.APPROVED, 1)])
    assert await tx.templates.usable() == frozenset()
    assert not await tx.templates.stop("lottery", "id")
    assert not await tx.templates.go_on("lottery", "id")


async def test_the_book_knows_what_it_read_last_and_writes_down_what_was_sent(store: Store) -> None:
    book = TemplateBook(store)
    async with store.writing() as tx:
        await tx.templates.apply([APPROVED])
    assert not book.usable(NAME, "id")
    await book.refresh()
    assert book.usable(NAME, "id")
    book.sent(NAME, "id")
    book.bar(NAME, "id")
    assert not book.usable(NAME, "id")
    await book.refresh()
    assert book.usable(NAME, "id")
    async with store.reading() as tx:
        found = await tx.templates.get(NAME, "id")
    assert found is not None
    assert found.used_at == MONDAY
