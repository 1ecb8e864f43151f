"""Many rows of values in one statement: a JSON document on SQLite, an array a column on PostgreSQL.

One statement runs outside Python from beginning to end, so that hundreds of rows cost one change of threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

import orjson
from sqlalchemy import ARRAY, FromClause, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

Types = tuple[tuple[str, TypeEngine[Any]], ...]


@cache
def given(dialect: str, types: Types) -> FromClause:
    """Return a table named `given` of the rows that are to be bound by `bound`; columns by name and type."""
    if dialect == "sqlite":
        each = func.json_each(bindparam("given")).table_valued("value", name="each")
        cells = [func.json_extract(each.c.value, f"$[{at}]", type_=kind) for at, (_, kind) in enumerate(types)]
        named = [cell.label(name) for cell, (name, _) in zip(cells, types, strict=True)]
        return select(*named).cte("given")
    arrays = [bindparam(f"given_{name}", type_=ARRAY(kind, dimensions=1)) for name, kind in types]
    columns = [func.unnest(array).label(name) for array, (name, _) in zip(arrays, types, strict=True)]
    return select(*columns).cte("given")


def bound(connection: AsyncConnection, types: Types, rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return the parameters that fill `given`; moments must be aware."""
    if connection.dialect.name == "sqlite":
        return {"given": orjson.dumps(rows, default=_moment, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()}
    return {f"given_{name}": [row[at] for row in rows] for at, (name, _) in enumerate(types)}


@lru_cache(maxsize=256)
def _moment(value: object) -> str:
    """Write a moment as it lies in an SQLite column."""
    if not isinstance(value, datetime):
        raise TypeError
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
