"""The tables around announcements: drafts of them, lists of whom they are for, and what is done to those sent."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.store.schema.columns import Choice, JsonDocument, Moment, RowId
from bot.store.schema.conventions import PERSONAL, metadata
from programme.model.amendments import AmendmentKind, AmendmentState

broadcast_drafts = Table(
    "broadcast_drafts",
    metadata,
    Column("who", Text, primary_key=True),
    Column("composed", JsonDocument, nullable=False),
    Column("at", Moment, nullable=False),
    comment="announcements that somebody of the staff is writing, one each; nothing about anybody",
)

audience_lists = Table(
    "audience_lists",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("made_by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("named", Integer, nullable=False),  # so many people are on it
    Column("strangers", Integer, nullable=False),  # and so many of those given nobody knows
    comment="lists of people for whom an announcement was; who is on them stands apart",
    sqlite_autoincrement=True,
)

audience_people = Table(
    "audience_people",
    metadata,
    Column("list", RowId, ForeignKey("audience_lists.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column(
        "participant",
        RowId,
        ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Index("ix_audience_people_participant", "participant"),
    comment=PERSONAL,
    sqlite_with_rowid=False,
)

amendments = Table(
    "amendments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("broadcast", RowId, ForeignKey("broadcasts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Choice(AmendmentKind), nullable=False),
    Column("state", Choice(AmendmentState), nullable=False),
    Column("words", JsonDocument),  # what stands in the place of the former ones
    Column("former", JsonDocument),  # what it said before
    Column("author", Text, nullable=False),
    Column("approver", Text),
    Column("origin", Text, nullable=False),  # what ordered it, so that a replay orders nothing twice
    Column("twin", Text),  # as long as it is under way: of two at once, one is refused
    Column("created_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("finished_at", Moment),
    Column("planned_to", RowId, nullable=False),  # the last participant who was looked at
    UniqueConstraint("origin"),
    UniqueConstraint("twin"),
    Index("ix_amendments_broadcast", "broadcast"),
    comment="announcements taken back or corrected where they went out already",
    sqlite_autoincrement=True,
)
