"""Withdrawn means stopped now and gone within 3 x 24 hours; restricted means kept, and left alone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from town import Person, Town

from bot.app.retention import FILE, Retention, kinds
from bot.store.schema.conventions import PERSONAL, metadata
from bot.store.schema.people import consents, participants
from programme.consent_words import consent_words


async def _rows(town: Town, table: object) -> list[object]:
    async with town.app.store.reading() as tx:
        return list(await tx.connection.execute(select(table)))  # type: ignore[call-overload]


async def _tidied(town: Town, after: timedelta) -> None:
    town.clock.set(town.clock.now() + after)
    await Retention(town.app.store).drop()


async def test_withdrawn_is_silent_at_once_and_deleted_after_three_days(town: Town, jakarta: Person) -> None:
    await jakarta.says("tarik persetujuan")
    assert "sudah ditarik" in jakarta.heard
    assert all(row.withdrawn_at is not None for row in await _rows(town, consents))  # type: ignore[attr-defined]
    await town.until("2021-10-20T12:00:00+07:00")
    assert jakarta.reminders == []
    await _tidied(town, timedelta(hours=1))
    assert len(await _rows(town, participants)) == 1
    await _tidied(town, timedelta(days=2))
    assert await _rows(town, participants) == []


async def test_who_agrees_again_in_time_is_kept_and_reminded(town: Town, jakarta: Person) -> None:
    await jakarta.says("tarik persetujuan")
    await jakarta.presses("Setuju lagi")
    [consent] = await _rows(town, consents)
    assert (consent.words, consent.withdrawn_at) == (consent_words().version, None)  # type: ignore[attr-defined]
    await town.until("2021-10-22T12:00:00+07:00")
    assert jakarta.reminders
    await _tidied(town, timedelta(days=4))
    assert len(await _rows(town, participants)) == 1


async def test_restricted_is_kept_however_long_and_reminded_of_nothing(town: Town, jakarta: Person) -> None:
    await jakarta.says("jangan proses data saya")
    await town.until("2021-10-22T12:00:00+07:00")
    assert jakarta.reminders == []
    await _tidied(town, timedelta(days=30))
    [person] = await _rows(town, participants)
    assert (person.pause, person.wave) == ("restricted", 21)  # type: ignore[attr-defined]


async def test_whom_nobody_heard_of_for_two_years_is_let_go(town: Town, jakarta: Person, makassar: Person) -> None:
    town.clock.set(town.clock.now() + timedelta(days=700))
    await makassar.says("halo")
    await _tidied(town, timedelta(days=29))
    assert len(await _rows(town, participants)) == 2
    await _tidied(town, timedelta(days=2))
    assert len(await _rows(town, participants)) == 1


def test_every_table_with_personal_data_has_its_time() -> None:
    named = {table for kind in kinds().values() for table in kind.tables}
    personal = {table.name for table in metadata.sorted_tables if table.comment == PERSONAL}
    assert personal - named == set(), FILE
