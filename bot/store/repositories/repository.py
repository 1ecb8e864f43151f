"""Repository: the base of all of them, a part of one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")


def reader(record: type[T]) -> Callable[[Row[Any]], T]:
    """Return what reads such a record from the columns that are called as its fields are."""
    names = tuple(field.name for field in fields(cast(Any, record)))
    return lambda row: record(**{name: getattr(row, name) for name in names})


class Repository:
    """Reads and writes within one transaction, as of the moment at which it began."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self._connection, self.now = connection, now

    async def _one(self, chosen: Executable, read: Callable[[Row[Any]], T]) -> T | None:
        """Read the first row of those chosen; None where there is none."""
        row = (await self._connection.execute(chosen)).first()
        return None if row is None else read(row)

    async def _all(self, chosen: Executable, read: Callable[[Row[Any]], T]) -> list[T]:
        """Read all rows chosen."""
        return [read(row) for row in await self._connection.execute(chosen)]
