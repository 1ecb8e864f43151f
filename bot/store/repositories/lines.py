"""Many rows of one table at a time, as plain values such as JSON has: for lists that staff bring in.

A line is a row's values in the order of the table's columns: days as `2021-09-22`, documents as their text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Date, Delete, Integer, Select, Table, Text, cast, delete, or_, select, true, tuple_, type_coerce
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from bot.store.engine.bulk import Types, bound, given
from bot.store.engine.upserts import insert_on

Line = tuple[Any, ...]


class Lines:
    """Repository of lines of one table."""

    def __init__(self, connection: AsyncConnection, table: Table) -> None:
        self._connection, self._table = connection, table

    async def find(self, firsts: Sequence[str]) -> list[Line]:
        """Return the lines whose first column holds one of these."""
        chosen = _chosen(self._connection.dialect.name, self._table)
        keys = bound(self._connection, _types(self._table)[:1], [(first,) for first in firsts])
        return [tuple(row) for row in await self._connection.execute(chosen, keys)]

    async def put(self, lines: Sequence[Line]) -> None:
        """Insert lines, or change those that are there under the same key with other values."""
        statement = _put(self._connection.dialect.name, self._table)
        values = bound(self._connection, _types(self._table), lines)
        await self._connection.execute(statement, values)

    async def add(self, lines: Sequence[Line]) -> int:
        """Insert lines, leaving those alone that are there under the same key; return how many were not."""
        if self._connection.dialect.name == "sqlite":  # the plain statement is the quickest there
            done = await self._connection.exec_driver_sql(_add_one(self._table), list(lines))
        else:
            statement = _add(self._connection.dialect.name, self._table)
            done = await self._connection.execute(statement, bound(self._connection, _types(self._table), lines))
        return int(done.rowcount)

    async def drop(self, keys: Sequence[Line]) -> None:
        """Delete the lines under these keys; what else a line holds is not looked at."""
        dialect, width = self._connection.dialect.name, len(self._table.primary_key)
        types = _types(self._table)[:width]
        values = bound(self._connection, types, [key[:width] for key in keys])
        await self._connection.execute(_drop(dialect, self._table), values)


@cache
def _drop(dialect: str, table: Table) -> Delete:
    types = _types(table)[: len(table.primary_key)]
    asked, names = given(dialect, types), [name for name, _ in types]
    chosen = select(*(asked.c[name] for name in names))
    return delete(table).where(tuple_(*(table.c[name] for name in names)).in_(chosen))


@cache
def _types(table: Table) -> Types:
    """Return the plain types behind a table's columns."""
    return tuple((column.name, _plain(column.type)) for column in table.c)


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, Integer | Date):
        return kind
    return Text()


@cache
def _chosen(dialect: str, table: Table) -> Select[Any]:
    types = _types(table)
    first, *_ = table.c
    asked = given(dialect, types[:1])
    plain = [
        cast(column, Text) if isinstance(kind, Date) else type_coerce(column, kind)
        for column, (_, kind) in zip(table.c, types, strict=True)
    ]
    return select(*plain).where(first.in_(select(asked.c[types[0][0]])))


@cache
def _add_one(table: Table) -> str:
    names = ", ".join(column.name for column in table.c)  # a migration may have put them in another order
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(table.c))}) ON CONFLICT DO NOTHING"  # noqa: S608


@cache
def _add(dialect: str, table: Table) -> sqlite.Insert:
    return _inserted(dialect, table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def _inserted(dialect: str, table: Table) -> sqlite.Insert:
    types = _types(table)
    source = given(dialect, types)
    return insert_on(dialect, table).from_select([name for name, _ in types], select(source).where(true()))


@cache
def _put(dialect: str, table: Table) -> sqlite.Insert:
    insert = _inserted(dialect, table)
    values = {column.name: insert.excluded[column.name] for column in table.c if not column.primary_key}
    differs = [table.c[name].is_distinct_from(value) for name, value in values.items()]
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_=values, where=or_(*differs)
    )
