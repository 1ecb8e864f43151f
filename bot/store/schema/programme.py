"""The tables of what the programme told us, and of what it could learn from us."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.schema.columns import Choice, JsonDocument, Moment, RowId, personal
from bot.store.schema.conventions import PERSONAL, metadata, owner_key, payment_columns
from programme.edits import EditState
from programme.model.learning import ModelState
from programme.model.zones import Zone

roster = Table(
    "roster",
    metadata,
    personal("phone_hash", Text, primary_key=True),
    personal("wave", Integer, nullable=False),
    personal("passed_on", Date),
    personal("zone", Choice(Zone)),
    personal("progress", JsonDocument, nullable=False),
    comment=PERSONAL,
)

roster_payments = Table(
    "roster_payments",
    metadata,
    personal("phone_hash", Text, primary_key=True),
    *payment_columns(),
    comment=PERSONAL,
)

number_keys = Table(
    "number_keys",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", Text, nullable=False),
    Column("since", Moment, nullable=False),
    comment="under which keys numbers are hashed; the place stands before each hash, but for 0",
)

cutoffs = Table(
    "cutoffs",
    metadata,
    Column("wave", Integer, primary_key=True, autoincrement=False),
    Column("cutoff", Moment, nullable=False),
)

planned_policy = Table(
    "planned_policy",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("policy", Text, nullable=False),
    Column("upto", RowId),
    comment="one row at most: the reminder policy by which people are planned, and up to whom; none is all",
)

programme_edits = Table(
    "programme_edits",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("file", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("base", Text),
    Column("before", Text),
    Column("decided_over", RowId),
    Column("value", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("state", Choice(EditState), nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False),
    Index("ix_programme_edits_place", "file", "row", "field"),
    Index("ix_programme_edits_state", "state"),
    comment="what staff changed of the programme's data, laid over the files; rows stay",
    sqlite_autoincrement=True,
)

programme_version = Table(
    "programme_version",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    comment="one row at most: grows with each approved edit, so that processes see that there is news",
)

trainings = Table(
    "trainings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("document", JsonDocument, nullable=False),
)

misses = Table(
    "misses",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("guess", Text),
    Column("confidence", Float),
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("intent", Text),
    Column("labelled_by", Text),
    Column("labelled_at", Moment),
    UniqueConstraint("folded"),
    Index("ix_misses_waiting", "times", "last_at", sqlite_where=text("intent IS NULL")),
    comment="what was not understood, already free of numbers and passwords, tied to nobody",
)

models = Table(
    "models",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("state", Choice(ModelState), nullable=False),
    Column("base", Text, nullable=False),  # a digest of the shipped model beside which it was trained
    Column("lines", Integer, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("figures", JsonDocument),
    Column("weights", LargeBinary),
    Column("decided_by", Text),
    Column("decided_at", Moment),
    Column("reason", Text),
    Index("ix_models_state", "state"),
    comment="models of the understanding that were trained from what the staff labelled; nothing about anybody",
    sqlite_autoincrement=True,
)

missed_by = Table(
    "missed_by",
    metadata,
    Column("miss", RowId, ForeignKey("misses.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    owner_key(),
    Index("ix_missed_by_participant", "participant"),
    comment=PERSONAL,
)
