"""Indexes that PostgreSQL builds while others write: after the migration, outside of its transaction.

Within a migration an index on a table of millions would hold up every writer until all of it is committed. So a
migration leaves such an index to this, which builds what the tables of the code have and the database has not. A build
that was cut off leaves an index that is not valid: it is dropped, and built again.
"""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy import Index, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.schema import CreateIndex

from bot.store.schema.conventions import metadata

log = logging.getLogger(__name__)

_ONE_BUILDS: Final = 7_215_002
"""Any number: the name of the lock under which one process builds. It is tried and not waited for: a build waits for
every transaction, and one that waits for the build would be one of them."""

_STANDING: Final = text(
    "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()"
)


async def build_later_indexes(engine: AsyncEngine) -> int:
    """Build what is missing, one index after the other; return how many. Another process that builds is let be."""
    async with engine.connect() as opened:
        connection = await opened.execution_options(isolation_level="AUTOCOMMIT")
        missing = await _missing(connection)
        if not missing or not await connection.scalar(text(f"SELECT pg_try_advisory_lock({_ONE_BUILDS})")):
            return 0
        for index, broken in (missing := await _missing(connection)):
            await _build(connection, index, broken=broken)
    return len(missing)


async def _missing(connection: AsyncConnection) -> list[tuple[Index, bool]]:
    """Return the indexes that the code has and the database has not, or has in pieces."""
    standing: dict[str, bool] = {row.relname: row.indisvalid for row in await connection.execute(_STANDING)}
    wanted = {str(index.name): index for table in metadata.sorted_tables for index in table.indexes}
    return [(index, name in standing) for name, index in sorted(wanted.items()) if not standing.get(name, False)]


async def _build(connection: AsyncConnection, index: Index, *, broken: bool) -> None:
    if broken:
        await connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}"))
    written = str(CreateIndex(index).compile(dialect=connection.dialect))
    kind, rest = ("CREATE UNIQUE INDEX", 20) if written.startswith("CREATE UNIQUE") else ("CREATE INDEX", 13)
    log.info("the index %s is built while others write", index.name)
    await connection.execute(text(f"{kind} CONCURRENTLY IF NOT EXISTS {written[rest:]}"))
