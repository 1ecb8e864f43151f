"""The tables of the staff's console: how they sign in, what they are writing, and what was counted for them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.store.schema.columns import JsonDocument, Moment, RowId, personal
from bot.store.schema.conventions import PERSONAL, metadata, owner


def _member() -> Column[int]:
    return Column("member", RowId, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False)


console_links = Table(
    "console_links",
    metadata,
    Column("digest", Text, primary_key=True),
    _member(),
    Column("made_by", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    comment="ways into the console for two minutes, each once; the link itself is kept nowhere",
)

console_sessions = Table(
    "console_sessions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("digest", Text, nullable=False),
    _member(),
    Column("since", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("digest"),
    Index("ix_console_sessions_member", "member"),
    comment="who of the staff is signed in; the token itself is kept nowhere",
    sqlite_autoincrement=True,
)

console_drafts = Table(
    "console_drafts",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("ticket", RowId, ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("who", Text, nullable=False),
    personal("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("ticket", "who"),
    Index("ix_console_drafts_participant", "participant"),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

console_undo = Table(
    "console_undo",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("ticket", RowId, ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("batch", Text, nullable=False),  # what was done by one press, and is undone by one
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False),  # from when on what is owed goes out
    Column("changed", JsonDocument, nullable=False),  # what of the ticket was changed, from what, and to what
    Column("source", Text),  # of what is owed to the person
    Column("entry", RowId),  # that says it on the ticket
    personal("words", Text),  # as they were typed
    Column("undone_at", Moment),
    Index("ix_console_undo_batch", "batch"),
    Index("ix_console_undo_participant", "participant"),
    Index("ix_console_undo_until", "until"),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

console_views = Table(
    "console_views",
    metadata,
    Column("who", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("wanted", JsonDocument, nullable=False),
    Column("at", Moment, nullable=False),
    comment="ways of looking at the inbox that a member of the staff keeps",
)

tallies = Table(
    "tallies",
    metadata,
    Column("at", Moment, primary_key=True),  # the beginning of the hour, or of the day in WIB, that was counted
    Column("name", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Index("ix_tallies_name", "name", "at"),
    comment="how many of what, by the hour or the day; nothing about anybody",
)
