"""What is asked all the time is answered from an index, however many rows have been sent already."""

import re

from sqlalchemy import Executable, func, select

from bot.store import UnitOfWork
from bot.store.delivery_queue.audiences import everybody_meant
from bot.store.delivery_queue.claiming import DUE as DELIVERIES_DUE
from bot.store.repositories.reminders import DUE as ROWS_DUE
from bot.store.schema.tables import deliveries, inbox, metadata, participants
from programme.model.broadcasts import Audience
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from tests.store.samples import MONDAY


async def _plan(tx: UnitOfWork, statement: Executable) -> str:
    connection = tx.people._connection
    written = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "sqlite":
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}")
    else:
        await connection.exec_driver_sql(f"TRUNCATE {', '.join(metadata.tables)}")  # forgets what tests before counted
        for way in ("seqscan", "bitmapscan"):  # which so few rows would get
            await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        rows = await connection.exec_driver_sql(f"EXPLAIN VERBOSE {written}")
    return "\n".join(str(row[-1]) for row in rows)


async def test_due_deliveries_come_from_the_index_of_open_ones(tx: UnitOfWork) -> None:
    """A claim looks at what is due of one class, in order, and at nothing else."""
    asked = DELIVERIES_DUE.params(kind=Kind.BROADCAST, now=MONDAY, most=100)
    plan = await _plan(tx, asked)
    assert "ix_deliveries_open" in plan
    assert "SCAN deliveries" not in plan
    assert "Sort Key: deliveries" not in plan
    assert "hashed" not in plan


async def test_due_rows_come_from_the_index_of_moments(tx: UnitOfWork) -> None:
    """A sweep looks at what is due, in order."""
    plan = await _plan(tx, ROWS_DUE.params(now=MONDAY, most=100))
    assert "ix_reminder_rows_at" in plan
    assert "SCAN reminder_rows" not in plan


async def test_the_next_moment_comes_from_the_index(tx: UnitOfWork) -> None:
    """One look at the beginning of each class."""
    first = select(func.min(deliveries.c.open_at)).where(
        deliveries.c.kind == Kind.BROADCAST, deliveries.c.open_at.is_not(None), deliveries.c.broadcast.is_(None)
    )
    assert "ix_deliveries_open" in await _plan(tx, first)


async def test_waiting_messages_come_from_the_index_of_unhandled_ones(tx: UnitOfWork) -> None:
    """However many were handled before."""
    waiting = select(inbox.c.id).where(inbox.c.handled_at.is_(None)).order_by(inbox.c.id).limit(10)
    assert "ix_inbox_unhandled" in await _plan(tx, waiting)


async def test_whom_an_announcement_means_comes_from_indexes(tx: UnitOfWork) -> None:
    """Whether somebody can be reached is told by the index alone, for a million people."""
    audience = Audience(waves=(21,), not_reached=(Milestone.BOUGHT,))
    plan = await _plan(tx, everybody_meant(audience, participants.c.id).params(after=0, upto=9))
    if tx.people._connection.dialect.name == "sqlite":
        assert "COVERING INDEX ix_addresses_participant (participant=? AND reachable=?)" in plan
    else:  # which takes one way or another for so few rows, with the same condition
        assert re.search(
            r"Index Only Scan using ix_addresses_participant.*?Index Cond: .*reachable = true", plan, re.DOTALL
        )
    assert "SCAN" not in plan
