"""Whom we wrote to although they had not written within a day: each counted once, and nobody who is gone."""

from __future__ import annotations

from datetime import timedelta

from bot.store import UnitOfWork
from tests.databases import at
from tests.store.samples import HOUR, MONDAY, meet


async def test_everybody_counts_once_and_from_the_last_time_on(tx: UnitOfWork) -> None:
    people = [await meet(tx, f"person {number}", "whatsapp") for number in range(30)]
    await tx.accounts.approach("whatsapp", people)
    await at(tx, MONDAY + 23 * HOUR).accounts.approach("whatsapp", [*people[:10], people[0]])
    assert await tx.accounts.approached_lately("whatsapp") == 30
    assert await at(tx, MONDAY + timedelta(days=1)).accounts.approached_lately("whatsapp") == 10


async def test_somebody_who_was_forgotten_meanwhile_keeps_nobody_from_being_noted(tx: UnitOfWork) -> None:
    """They would be tried again with all the others, and again."""
    gone, there = await meet(tx, "gone", "whatsapp"), await meet(tx, "there", "whatsapp")
    await tx.people.forget(gone)
    await tx.accounts.approach("whatsapp", [gone, there])
    assert await tx.accounts.approached_lately("whatsapp") == 1
    assert await tx.accounts.was_approached("whatsapp", there)


async def test_nobody_is_nobody(tx: UnitOfWork) -> None:
    await tx.accounts.approach("whatsapp", [])
    assert await tx.accounts.approached_lately("whatsapp") == 0
