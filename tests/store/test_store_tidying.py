"""What was kept for long enough goes a few rows at a time, found by an index, on both databases."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Connection

from bot.store import State, Store, UnitOfWork
from bot.store.portions import LONGEST, Portions
from programme.model.deliveries import Outcome
from programme.model.messages import Kind, Message
from tests.databases import at
from tests.store.samples import MONDAY, claim, incoming, meet, owed, settled

LATER = MONDAY + timedelta(days=400)
TABLES = ("inbox", "deliveries", "uploads", "tickets", "staff_notices", "dialogues")


@asynccontextmanager
async def _statements(tx: UnitOfWork) -> AsyncIterator[list[tuple[str, Any]]]:
    """Write down what is run meanwhile."""
    said: list[tuple[str, Any]] = []
    connection: Connection = tx.connection.sync_connection

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        said.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    yield said
    event.remove(connection, "before_cursor_execute", note)


async def _prune_everything(tx: UnitOfWork) -> None:
    await tx.inbox.prune(LATER, 5)
    await tx.outbox.prune(LATER, 5)
    await tx.uploads.prune(LATER)
    await tx.views.prune(LATER, 5)
    await tx.views.prune_notices(LATER, 5)
    await at(tx, LATER).dialogues.prune(5)


async def test_no_table_is_read_from_end_to_end(store: Store) -> None:
    """Whether there is anything to drop or not."""
    async with store.writing() as tx:
        on_sqlite = tx.connection.dialect.name == "sqlite"
        if not on_sqlite:
            await tx.connection.execute(text("SET LOCAL enable_seqscan = off"))  # the tables are empty here
        async with _statements(tx) as said:
            await _prune_everything(tx)
        plans = []
        for statement, parameters in list(said):
            explain = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
            found = await tx.connection.exec_driver_sql(explain + statement, parameters)
            plans += [str(row[-1]) for row in found]
    assert len(said) >= len(TABLES)
    for table in TABLES:
        of_it = [plan for plan in plans if f" {table}" in plan]
        assert of_it, table
        for plan in of_it:
            assert not plan.lstrip(" ->").startswith((f"SCAN {table}", f"Seq Scan on {table}")), plan


async def _sent(store: Store, count: int) -> None:
    async with at(store, MONDAY).writing() as tx:
        person = await meet(tx, "71")
        replies = [owed(person, f"reply/{n}", Kind.REPLY, message=Message(f"Halo {n}")) for n in range(count)]
        held = await tx.outbox.put_claimed(replies, lease=timedelta(minutes=1))
        await tx.outbox.settle([settled(one, Outcome.SENT) for one in held])


async def test_words_go_a_few_at_a_time_until_none_is_left(store: Store) -> None:
    """Each transaction touches no more than it was told to; that they were sent stays known."""
    await _sent(store, 12)
    touched = []

    async def portion(tx: UnitOfWork, few: int) -> int:
        touched.append(await tx.outbox.prune(LATER, few))
        return touched[-1]

    portions = Portions(store, few=5)
    await portions.take(portion)
    assert sum(touched) == 12
    assert touched[-1] == 0
    assert max(touched) <= 7, "a quick portion lets the next one be a quarter larger"
    async with store.reading() as tx:
        entries = await tx.outbox.log(20)
    assert [entry.message for entry in entries] == [None] * 12
    assert all(entry.state is State.SENT and entry.closed_at for entry in entries)


async def test_a_slow_portion_makes_the_next_ones_smaller(store: Store) -> None:
    """Down to a handful."""
    sizes: list[int] = []

    async def slow(tx: UnitOfWork, few: int) -> bool:
        sizes.append(few)
        time.sleep(LONGEST + 0.002)  # noqa: ASYNC251 - it stands for a disk that takes so long
        return len(sizes) < 5

    await Portions(store, few=400).take(slow)
    assert sizes == [400, 200, 100, 50, 50]


async def test_words_kept_for_many_go_once_nobody_is_owed_them(store: Store) -> None:
    """Not while one delivery still has them."""
    async with store.writing() as tx:
        people = [await meet(tx, str(number)) for number in (71, 72)]
        words = Message("Untuk semua")
        await tx.outbox.put([owed(each, "n", Kind.STAFF, message=words) for each in people])
        assert await tx.outbox.spare_words(5) == []
        await tx.outbox.settle([settled(one, Outcome.SENT) for one in await claim(tx)])
        assert await tx.outbox.prune(LATER, 1) == 1
        assert await tx.outbox.spare_words(5) == []
        assert await tx.outbox.prune(LATER, 1) == 1
        spare = await tx.outbox.spare_words(5)
        assert len(spare) == 1
        assert await tx.outbox.drop_words(spare) == 1
        assert await tx.outbox.spare_words(5) == []


async def test_a_double_is_still_known_among_what_is_kept(store: Store) -> None:
    """Only what is old enough is forgotten."""
    async with at(store, MONDAY).writing() as tx:
        await tx.inbox.add_handled(incoming(message="new"))
        await tx.inbox.prune(MONDAY, 50)
        assert await tx.inbox.add_handled(incoming(message="new")) is None
