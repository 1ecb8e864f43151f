"""The table of the store's own upkeep."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from bot.store.schema.columns import Moment, RowId
from bot.store.schema.conventions import metadata

back_fills = Table(
    "back_fills",
    metadata,
    Column("name", Text, primary_key=True),
    Column("upto", RowId, nullable=False),  # the last row that is done
    Column("finished_at", Moment),
    comment="what a migration left to be written into old rows, and how far that is",
)
