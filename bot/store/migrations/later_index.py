"""An index on a table that may hold millions: on PostgreSQL it is built after the migration, while others write."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def create_later_index(name: str, table: str, columns: Sequence[str], where: str) -> None:
    """Build a partial index where that takes no time: on an empty table, or on SQLite, which has one writer anyhow.

    On PostgreSQL any other is left to `bot.store.engine.later_indexes`.
    """
    connection = op.get_bind()
    some = connection.dialect.name != "sqlite" and connection.scalar(
        sa.select(sa.exists().select_from(sa.table(table)))
    )
    if not some:
        condition = sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def drop_later_index(name: str, table: str) -> None:
    """Drop it, if it was built."""
    op.drop_index(name, table_name=table, if_exists=True)
