"""A cutoff that moves: everything that hangs on it is planned anew, and people hear the new date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import text
from town import Person, Town
from waves import with_waves

from programme.programme import Programme, load_programme


def _moved(day: date) -> Programme:
    programme = load_programme()
    return with_waves(programme, [replace(programme.waves[21], cutoff=day)])


async def test_those_who_were_told_the_old_date_are_told_the_new_one(town: Town, makassar: Person) -> None:
    """Makassar was told the 21st; it becomes the 25th."""
    await town.restart(_moved(date(2021, 10, 25)))
    await town.app.jobs.run()
    [news] = makassar.reminders
    assert "21 Oktober" in news.text
    assert "25 Oktober" in news.text
    await town.until("2021-10-22T12:00:00+07:00")
    assert not [shown for shown in makassar.reminders[1:] if "21 Oktober" in shown.text]
    await town.until("2021-10-26T12:00:00+07:00")
    last_day = [shown for shown in makassar.reminders if shown.at.date() == date(2021, 10, 25)]
    assert last_day
    assert all("25 Oktober" in shown.text for shown in last_day)


async def test_one_who_can_not_be_read_keeps_the_new_date_from_nobody(
    town: Town, jakarta: Person, makassar: Person
) -> None:
    """As when an older version finds what a newer one wrote."""
    async with town.app.store.writing() as tx:
        spoilt = text("UPDATE participants SET zone = 'Atlantis' WHERE id = (SELECT min(id) FROM participants)")
        await tx.connection.execute(spoilt)
    await town.restart(_moved(date(2021, 10, 25)))
    await town.app.jobs.run()
    heard = [person for person in (jakarta, makassar) if "25 Oktober" in "".join(one.text for one in person.reminders)]
    assert len(heard) == 1


async def test_who_has_bought_is_left_alone(town: Town, jakarta: Person) -> None:
    """A moved cutoff is no news for whoever has met it."""
    await jakarta.says("udah beli kemarin di tokped")
    await town.restart(_moved(date(2021, 10, 25)))
    await town.app.jobs.run()
    assert jakarta.reminders == []


async def test_restarting_with_the_same_data_tells_nobody(town: Town, jakarta: Person) -> None:
    """Only a change is news."""
    await town.restart()
    await town.app.jobs.run()
    assert jakarta.reminders == []
