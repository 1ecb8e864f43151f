"""The tables of imports: where each stands, and what it changed, for as long as it can be undone."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from bot.store.schema.columns import Choice, JsonDocument, Moment, RowId, personal
from bot.store.schema.conventions import PERSONAL, metadata, owner_key
from programme.model.imports import ImportState


def _import() -> Column[int]:
    return Column("import", RowId, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)


def _portion() -> Column[int]:
    return Column("portion", Integer, primary_key=True, autoincrement=False)


imports = Table(
    "imports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("list", Text, nullable=False),
    Column("state", Choice(ImportState), nullable=False),
    Column("version", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("size", RowId, nullable=False),
    Column("digest", Text),
    Column("author", Text, nullable=False),
    Column("approver", Text),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("columns", JsonDocument),
    Column("found", JsonDocument),
    Column("verdict", Text),
    Column("changes", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("undone", Integer, nullable=False),
    Column("left", Integer, nullable=False),
    Column("stage", Text),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("reason", Text),
    Column("lease", Text),  # of the process that works at it
    Column("beat_at", Moment),  # when that process was heard of last
    Column("tries", Integer, nullable=False),  # how often its work was begun since it last came further
    Index("ix_imports_state", "state"),
    comment="lists that staff bring in: counts and columns, nothing about anybody",
    sqlite_autoincrement=True,
)

import_portions = Table(
    "import_portions",
    metadata,
    _import(),
    _portion(),
    personal("content", Text, nullable=False),  # lines by phone hash, as they were before and after
    comment=PERSONAL,
)

import_people = Table(
    "import_people",
    metadata,
    _import(),
    _portion(),
    owner_key(),
    personal("content", JsonDocument, nullable=False),  # what was official of them, before and after
    Index("ix_import_people_participant", "participant"),
    comment=PERSONAL,
)
