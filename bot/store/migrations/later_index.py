"""An index on a table that may hold millions: on PostgreSQL it is built after the migration, while others write."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

Column = str | sa.TextClause
"""A name, or an expression."""


def create_later_index(
    name: str, table: str, columns: Sequence[Column], where: str | None = None, using: str | None = None
) -> None:
    """Build an index, partial or whole, where that holds nobody up: on an empty table, or on SQLite.

    `using` is its kind on PostgreSQL. SQLite has one writer anyhow; on PostgreSQL any other than on an empty table is
    left to `bot.store.engine.later_indexes`.
    """
    connection = op.get_bind()
    some = connection.dialect.name != "sqlite" and connection.scalar(
        sa.select(sa.exists().select_from(sa.table(table)))
    )
    if not some:
        condition = None if where is None else sa.text(where)
        op.create_index(
            name,
            table,
            list(columns),
            sqlite_where=condition,
            postgresql_where=condition,
            postgresql_using=using or "btree",
        )


def drop_later_index(name: str, table: str) -> None:
    """Drop it, if it was built."""
    op.drop_index(name, table_name=table, if_exists=True)
