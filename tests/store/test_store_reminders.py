"""The rows are the schedule of reminders."""

from bot.store import Store, UnitOfWork
from programme.model.events import WaveTold
from programme.model.ports import ReminderRows
from tests.databases import at
from tests.store.samples import HOUR, MINUTE, MONDAY, happen, meet, owed, sources, states


async def test_rows_fall_due_earliest_first(tx: UnitOfWork) -> None:
    """Each with its person; what is ahead is not told yet."""
    one, two, three = [await meet(tx, str(n)) for n in range(3)]
    await tx.reminders.set_row(one, MONDAY)
    await tx.reminders.set_row(two, MONDAY - HOUR)
    await tx.reminders.set_row(three, MONDAY + HOUR)
    due = await tx.reminders.due(10)
    assert [(person.id, at) for person, at in due] == [(two, MONDAY - HOUR), (one, MONDAY)]
    assert due[0][0] == await tx.people.get(two)
    assert len(await tx.reminders.due(1)) == 1
    assert await tx.reminders.next_at() == MONDAY - HOUR


async def test_a_person_has_one_row(tx: UnitOfWork) -> None:
    """It is moved and taken away."""
    person = await meet(tx)
    assert await tx.reminders.row_of(person) is None
    for moment in (MONDAY, MONDAY + HOUR, MONDAY + HOUR):
        await tx.reminders.set_row(person, moment)
        assert await tx.reminders.row_of(person) == moment
    await tx.reminders.set_row(person, None)
    assert await tx.reminders.row_of(person) is None
    assert await tx.reminders.next_at() is None
    assert list(await at(tx, MONDAY + HOUR).reminders.due(5)) == []


async def test_the_store_fills_the_port(store: Store) -> None:
    """What the reminders' wing asks for, by its own type."""
    async with store.writing() as tx:
        rows: ReminderRows = tx.reminders
        person = await meet(tx)
        await happen(tx, person, WaveTold(21))
        assert [each.id async for each in rows.everybody(21)] == [person]
        await rows.owe([owed(person, "h-3"), owed(person, "h-1")])
        await rows.owe([])
        await rows.withdraw(person, keeping=["h-1"])
        assert await sources(tx, MONDAY + MINUTE) == ["h-1"]
        assert await states(tx) == {"h-3": "cancelled", "h-1": "leased"}
