"""What a migration left to be written into old rows is written in portions, from wherever it was cut off."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from bot.store import Store, UnitOfWork, open_store
from bot.store.back_filling import BackFilling
from bot.store.engine import migrate
from bot.store.engine.engines import database
from bot.store.repositories.back_fills import BACK_FILLS
from bot.store.schema.traffic import deliveries
from bot.store.schema.upkeep import back_fills
from programme.model.deliveries import Outcome
from programme.model.messages import Kind
from tests.databases import at
from tests.store.samples import MONDAY, claim, meet, owed, settled

pytestmark = pytest.mark.usefixtures("migrations")

CLOSED = "deliveries_closed_at"
LATER = MONDAY + timedelta(days=1)


async def _old(store: Store, count: int) -> None:
    """Reminders that were withdrawn before that had a moment, one that was sent, and one that is still due."""
    await _left(store)
    async with at(store, MONDAY).writing() as tx:
        person = await meet(tx)
        await tx.outbox.put([owed(person, f"old/{n}", Kind.REMINDER) for n in range(count + 2)])
        [sent] = await claim(tx, limit=1)
        await tx.outbox.settle([settled(sent, Outcome.SENT)])
        cancelled = update(deliveries).where(deliveries.c.state == "pending", deliveries.c.source != f"old/{count + 1}")
        await tx.connection.execute(cancelled.values(state="cancelled", open_at=None))


async def _left(store: Store) -> None:
    """As the migration leaves it."""
    async with store.writing() as tx:
        await tx.connection.execute(delete(back_fills))
        await tx.connection.execute(insert(back_fills).values(name=CLOSED, upto=0))


async def _die_at(store: Store, few: int) -> None:
    async with store.writing() as tx:
        await tx.back_fills.go_on(CLOSED, few)
        raise InterruptedError


async def _closed(tx: UnitOfWork) -> int:
    found = select(func.count()).where(deliveries.c.closed_at.is_not(None), deliveries.c.state == "cancelled")
    return int((await tx.connection.execute(found)).scalar_one())


async def test_every_old_row_is_written_and_no_other(store: Store) -> None:
    await _old(store, 300)
    await BackFilling(at(store, LATER)).run()
    async with store.reading() as tx:
        wrong = select(func.count()).where(
            deliveries.c.closed_at != deliveries.c.due_at, deliveries.c.state == "cancelled"
        )
        assert (await _closed(tx), (await tx.connection.execute(wrong)).scalar_one()) == (300, 0)
        states = select(deliveries.c.state, func.count()).where(deliveries.c.closed_at.is_(None))
        assert dict((await tx.connection.execute(states.group_by(deliveries.c.state))).all()) == {"pending": 1}  # type: ignore[arg-type]
        assert await tx.back_fills.unfinished() == []


async def test_one_that_was_cut_off_goes_on_where_it_was(store: Store) -> None:
    """What a portion wrote and how far it came are committed together, or neither is."""
    await _old(store, 30)
    async with store.writing() as tx:
        assert await tx.back_fills.go_on(CLOSED, 10)
    with pytest.raises(InterruptedError):
        await _die_at(store, 10)
    async with store.reading() as tx:
        [standing] = [each for each in await tx.back_fills.unfinished() if each.name == CLOSED]
        assert (standing.upto, standing.last, await _closed(tx)) == (10, 32, 9)
    await BackFilling(store).run()
    async with store.reading() as tx:
        assert await _closed(tx) == 30


async def test_it_ends_when_its_time_is_over_and_leaves_the_rest(store: Store) -> None:
    await _old(store, 10)
    await BackFilling(store, at_a_time=0).run()
    async with store.reading() as tx:
        assert CLOSED in {each.name for each in await tx.back_fills.unfinished()}
        assert await _closed(tx) == 0


async def test_what_is_done_is_not_done_again(store: Store) -> None:
    await _old(store, 3)
    await BackFilling(store).run()
    async with store.writing() as tx:
        await tx.connection.execute(update(deliveries).values(closed_at=None))
    await BackFilling(store).run()
    async with store.reading() as tx:
        assert await _closed(tx) == 0


async def test_what_only_another_version_knows_is_left_to_it(store: Store) -> None:
    await _left(store)
    async with store.writing() as tx:
        await tx.connection.execute(insert(back_fills).values(name="of_a_newer_one", upto=0))
    await BackFilling(store).run()
    async with store.reading() as tx:
        unfinished = select(back_fills.c.name).where(back_fills.c.finished_at.is_(None))
        assert (await tx.connection.execute(unfinished)).scalars().all() == ["of_a_newer_one"]


async def test_a_migration_leaves_old_rows_to_the_job_and_an_empty_database_nothing(empty_url: str) -> None:
    url = database(empty_url)
    await migrate.upgrade(url)
    store = open_store(empty_url)
    assert await _unfinished(store) == set()
    async with store.writing() as tx:
        person = await meet(tx)
    await migrate.downgrade(url, "0034")
    async with store.writing() as tx:
        await tx.outbox.put([owed(person, "old/1", Kind.REMINDER)])
    await migrate.upgrade(url)
    assert await _unfinished(store) == {CLOSED}
    await store.close()


async def _unfinished(store: Store) -> set[str]:
    async with store.reading() as tx:
        return {each.name for each in await tx.back_fills.unfinished()}


def test_every_one_that_a_migration_leaves_is_known() -> None:
    versions = Path(migrate.__file__).parents[1] / "migrations" / "versions"
    left = {name for file in versions.glob("*.py") for name in re.findall(r'leave_to_job\("(\w+)", ', file.read_text())}
    assert left == set(BACK_FILLS)
