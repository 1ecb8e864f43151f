"""Primary keys of the two tables of deliveries: a number for a person's own, (broadcast, participant) for the others.

What workers do with a row is the same in both, so that one statement serves either table by its key.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam

from bot.store.engine.bulk import Types
from programme.model.deliveries import DeliveryId


def key_types(table: Table) -> Types:
    """Return the columns of the key, to be given in bulk."""
    return tuple((column.name, column.type) for column in table.primary_key)


def has_key(table: Table, which: Any) -> ColumnElement[bool]:
    """Match a row of the table to one of `which` that has the columns of its key."""
    return and_(*(column == which[column.name] for column in table.primary_key))


def key_of(table: Table, row: Any) -> tuple[int, ...]:
    """Return the key of a row that was read."""
    return tuple([getattr(row, name) for name in _names(table)])


def key_in(delivery: DeliveryId) -> tuple[int, ...]:
    """Return the key of the row in which a delivery lies."""
    return (delivery,) if isinstance(delivery, int) else tuple(delivery)


def this_row(table: Table) -> ColumnElement[bool]:
    """Match the row whose key is bound by `named`."""
    return and_(*(column == bindparam(f"row_{column.name}") for column in table.primary_key))


def named(table: Table, row: Any) -> dict[str, int]:
    """Bind the key of a row that was read."""
    return {f"row_{name}": getattr(row, name) for name in _names(table)}


@cache
def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)
