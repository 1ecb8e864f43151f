"""Often words: which words stand in so many texts that an index of words is no shorter way to any of them.

PostgreSQL gathers how often each of the commonest words of an indexed text occurs (ANALYZE); SQLite has no such index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

OFTEN: Final = 0.01
"""The share of texts from which on a word is said often."""

SHORTEST: Final = 4
"""Letters that a word must have: what begins with fewer stands in any text."""

_SHARES: Final = text(
    "SELECT tablename AS of, elem, freq "
    "FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS s (elem, freq) "
    "WHERE schemaname = current_schema() AND tablename = ANY(:indexes) AND elem ^@ ANY(:words)"
)


async def often_said(connection: AsyncConnection, indexes: Sequence[str], words: Sequence[str]) -> frozenset[str]:
    """Return which of these words begin so many of those in one of these indexes that it is of no use for them."""
    if connection.dialect.name == "sqlite":
        return frozenset()
    long, shares = [word for word in words if len(word) >= SHORTEST], Counter[tuple[str, str]]()
    if long:
        for row in await connection.execute(_SHARES, {"indexes": list(indexes), "words": long}):
            shares.update({(row.of, word): row.freq for word in long if row.elem.startswith(word)})
    return frozenset({*words} - {*long} | {word for (_index, word), share in shares.items() if share >= OFTEN})
