"""Inserts that mind what is there already, in the dialect of the database at hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import ARRAY, ColumnElement, CursorResult, Table, bindparam, func, or_, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

Rows = Sequence[dict[str, Any]]


def insert_into(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """Begin an insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_on(connection.dialect.name, table)


@cache
def put_new(dialect: str, table: Table) -> ReturningInsert[Any]:
    """Insert one row that is given by its columns, unless it is there; returns the id of a new one."""
    return insert_on(dialect, table).on_conflict_do_nothing().returning(table.c.id)


def insert_on(dialect: str, table: Table) -> sqlite.Insert:
    """Begin such an insert in a database of this dialect."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return cast("sqlite.Insert", postgresql.insert(table))  # the two dialects differ in name only here


@cache
def insert_or_change(dialect: str, table: Table) -> sqlite.Insert:
    """Insert rows; change those whose key is there with other values; leave equal ones untouched."""
    insert = insert_on(dialect, table)
    values = {column.name: insert.excluded[column.name] for column in table.c if not column.primary_key}
    differs: list[ColumnElement[bool]] = [table.c[name].is_distinct_from(value) for name, value in values.items()]
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_=values, where=or_(*differs)
    )


async def change_many(connection: AsyncConnection, table: Table, rows: Rows) -> int:
    """Insert or change rows, each key once; return how many were new or had other values."""
    if not rows:
        return 0
    insert = insert_or_change(connection.dialect.name, table).execution_options(preserve_rowcount=True)
    done = await execute_rows(connection, insert, rows)
    return done.rowcount


async def execute_rows(connection: AsyncConnection, insert: sqlite.Insert, rows: Rows) -> CursorResult[Any]:
    """Run an insert for many rows, all with the same columns.

    SQLite takes them one by one, in place; PostgreSQL in one statement with an array for each column.
    """
    if connection.dialect.name == "sqlite":
        return await connection.execute(insert, rows)
    columns = [insert.table.c[name] for name in rows[0]]
    arrays = [func.unnest(bindparam(column.name, type_=ARRAY(column.type, dimensions=1))) for column in columns]
    values = {column.name: [row[column.name] for row in rows] for column in columns}
    return await connection.execute(insert.from_select(columns, select(*arrays)), values)
