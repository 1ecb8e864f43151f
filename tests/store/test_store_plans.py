"""What is asked all the time is answered from an index, however many rows have been sent already."""

import re
from typing import Any

import pytest
from sqlalchemy import BindParameter, Executable, Select, Table, Text, func, literal, select
from sqlalchemy.sql.visitors import replacement_traverse

from bot.store import UnitOfWork
from bot.store.delivery_queue.audiences import everybody_meant
from bot.store.delivery_queue.broadcast_claiming import DUE_AGAIN as BROADCASTS_DUE
from bot.store.delivery_queue.claiming import DUE as DELIVERIES_DUE
from bot.store.delivery_queue.keys import has_key, key_types
from bot.store.engine.bulk import bound, given
from bot.store.repositories.reminders import DUE as ROWS_DUE
from bot.store.schema.conventions import metadata
from bot.store.schema.people import participants
from bot.store.schema.traffic import broadcast_deliveries, deliveries, inbox
from programme.model.broadcasts import Audience
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from tests.store.samples import MONDAY


def _typed(asked: Select[Any], values: dict[str, Any]) -> Select[Any]:
    """Bind values that SQLAlchemy can write out: a document is a text."""
    texts = {name: literal(value, Text) for name, value in values.items() if isinstance(value, str)}

    def typed(element: Any, **_: Any) -> Any:
        return texts.get(element.key) if isinstance(element, BindParameter) else None

    return replacement_traverse(asked.params(values), {}, typed) if texts else asked.params(values)


async def _plan(tx: UnitOfWork, statement: Executable) -> str:
    connection = tx.connection
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


async def test_what_was_tried_of_broadcasts_comes_from_their_index(tx: UnitOfWork) -> None:
    """What is due again, and when the first is; the rows that no worker was given yet are not looked at."""
    tried = broadcast_deliveries.c.open_at
    for asked in (BROADCASTS_DUE.params(now=MONDAY, most=100), select(func.min(tried)).where(tried.is_not(None))):
        assert "ix_broadcast_deliveries_tried" in await _plan(tx, asked)


@pytest.mark.parametrize("table", [deliveries, broadcast_deliveries], ids=str)
async def test_given_rows_are_found_by_their_key(tx: UnitOfWork, table: Table) -> None:
    """Those that are leased, settled or asked about once more: each by itself, however many there are."""
    connection = tx.connection
    types = key_types(table)
    these = given(connection.dialect.name, types)
    asked = select(table.c.state).select_from(these.join(table, has_key(table, these.c)))
    plan = await _plan(tx, _typed(asked, bound(connection, types, [[0] * len(types)])))
    assert f"SCAN {table.name}" not in plan
    assert "PRIMARY KEY" in plan or f"pk_{table.name}" in plan


async def test_due_rows_come_from_the_index_of_moments(tx: UnitOfWork) -> None:
    """A sweep looks at what is due, in order."""
    plan = await _plan(tx, ROWS_DUE.params(now=MONDAY, most=100))
    assert "ix_reminder_rows_at" in plan
    assert "SCAN reminder_rows" not in plan


async def test_the_next_moment_comes_from_the_index(tx: UnitOfWork) -> None:
    """One look at the beginning of each class."""
    first = select(func.min(deliveries.c.open_at)).where(
        deliveries.c.kind == Kind.BROADCAST, deliveries.c.open_at.is_not(None)
    )
    assert "ix_deliveries_open" in await _plan(tx, first)


async def test_waiting_messages_come_from_the_index_of_unhandled_ones(tx: UnitOfWork) -> None:
    """However many were handled before."""
    waiting = select(inbox.c.id).where(inbox.c.handled_at.is_(None)).order_by(inbox.c.id).limit(10)
    assert "ix_inbox_unhandled" in await _plan(tx, waiting)


async def test_whom_a_broadcast_means_comes_from_indexes(tx: UnitOfWork) -> None:
    """Whether somebody can be reached is told by the index alone, for a million people."""
    audience = Audience(waves=(21,), not_reached=(Milestone.BOUGHT,))
    plan = await _plan(tx, everybody_meant(audience, participants.c.id).params(after=0, upto=9))
    if tx.connection.dialect.name == "sqlite":
        assert "COVERING INDEX ix_addresses_participant (participant=? AND reachable=?)" in plan
    else:  # which takes one way or another for so few rows, with the same condition
        assert re.search(
            r"Index Only Scan using ix_addresses_participant.*?Index Cond: .*reachable = true", plan, re.DOTALL
        )
    assert "SCAN" not in plan
