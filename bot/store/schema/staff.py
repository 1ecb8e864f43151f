"""The tables of the staff's work: who they are, what they announce, what each of them did."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, true

from bot.store.schema.columns import Choice, JsonDocument, Moment, RowId, personal
from bot.store.schema.conventions import metadata
from programme.model.broadcasts import BroadcastState
from programme.model.staff import Role

staff = Table(
    "staff",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", Text, nullable=False),
    personal("address", Text, nullable=False),
    Column("role", Choice(Role, otherwise=Role.AGENT), nullable=False),
    Column("name", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("since", Moment, nullable=False),
    UniqueConstraint("channel", "address"),
    comment="who works here; those who left stay, inactive, for the records",
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", JsonDocument, nullable=False),
    Index("ix_audit_who", "who", "id"),
    comment="every act of the staff; rows are only ever added",
    sqlite_autoincrement=True,
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("state", Choice(BroadcastState), nullable=False),
    Column("audience", JsonDocument, nullable=False),
    Column("words", JsonDocument, nullable=False),
    Column("digest", Text, nullable=False),
    Column("fingerprint", Text),  # of the Indonesian words alone: who has them does not get them again
    Column("twin", Text),  # the digest as long as it is under way: of two equal ones at once, one is refused
    Column("origin", Text, nullable=False),  # what ordered it, so that a replay orders nothing twice
    Column("author", Text, nullable=False),
    Column("approver", Text),
    Column("created_at", Moment, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("not_after", Moment),
    Column("expected", Integer, nullable=False),
    Column("exclusions", JsonDocument, nullable=False),
    Column("over_whatsapp", Integer),  # so many of `expected` were to get it there
    Column("outside_window", Integer),  # and so many of them had not written within a day
    Column("planned_to", RowId, nullable=False),  # the last participant who was looked at
    Column("planned_all", Boolean, nullable=False),
    Column("planned", Integer, nullable=False),
    Column("tally", JsonDocument, nullable=False),  # deliveries by final state, up to `tallied_to`
    Column("tallied_to", RowId, nullable=False),  # a participant
    Column("told", Integer, nullable=False),  # how many times its author was told how far it is
    Column("told_at", Moment),
    Column("reason", Text),
    UniqueConstraint("twin"),
    UniqueConstraint("origin"),
    Index("ix_broadcasts_fingerprint", "fingerprint"),
    comment="announcements to many people; their deliveries are planned a stretch at a time",
    sqlite_autoincrement=True,
)

handing_out = Table(
    "handing_out",
    metadata,
    Column("broadcast", RowId, ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("handed_to", RowId, nullable=False),  # the last participant whose row a worker was given, or had closed
    comment="how far workers have come with each announcement; apart, so that they don't wait for planners",
)
