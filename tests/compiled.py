"""Statements are compiled once per test process, not once per test.

SQLAlchemy keeps compiled statements for each engine and dialect object. Every test opens engines of its own,
so compiling was a quarter of the time of whatever uses a store.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[Any, Any] = LRUCache(2_000)


def _is_alike(self: Dialect, other: object) -> bool:
    return type(self) is type(other)


def _hash(self: Dialect) -> int:
    return hash(type(self))


for _dialect in (SQLiteDialect_pysqlite, PGDialectAsync_psycopg):
    _dialect.__eq__, _dialect.__hash__ = _is_alike, _hash  # type: ignore[method-assign,assignment]


@event.listens_for(Engine, "engine_connect")
def _share_compiled(connection: Connection) -> None:
    connection.engine._compiled_cache = _COMPILED  # the store clears its engines' caches when it forgets somebody
