"""The tables. What is personal says so in its comment; `people.forget` and `people.export` cover it all."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.columns import Choice, Document, Moment, RowId, personal
from programme.messages import Kind
from programme.milestones import Milestone, Source
from programme.participants import ReminderLevel
from programme.payments import PaymentStatus
from programme.zones import Zone

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
PERSONAL = "personal data"


def _owner() -> Column[int]:
    """Point to the person to whom the row belongs and with whom it goes."""
    return Column("participant", RowId, ForeignKey("participants.id", ondelete="CASCADE"), nullable=False)


participants = Table(
    "participants",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("language", Text, nullable=False),
    personal("zone", Choice(Zone)),
    personal("wave", Integer),
    personal("passed_on", Date),
    Column("official", Boolean, nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("welcomed", Boolean, nullable=False),
    Column("reminder_level", Choice(ReminderLevel), nullable=False),
    Column("reminder_hour", SmallInteger),
    Column("plan_at", Moment),
    Column("told_cutoff", Moment),
    personal("obstacle", Text),
    personal("phone_hash", Text),
    Index("ix_participants_wave_id", "wave", "id"),
    Index("ix_participants_phone_hash", "phone_hash"),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", RowId, primary_key=True),
    _owner(),
    Column("channel", Text, nullable=False),
    personal("address", Text, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("reachable", Boolean, nullable=False),
    UniqueConstraint("channel", "address"),
    Index("ix_addresses_participant", "participant"),
    comment=PERSONAL,
)

progress = Table(
    "progress",
    metadata,
    Column("id", RowId, primary_key=True),
    _owner(),
    personal("milestone", Choice(Milestone), nullable=False),
    personal("on", Date),
    personal("platform", Text),
    Column("source", Choice(Source), nullable=False),
    Column("noted_at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index(
        "uq_progress_standing",
        "participant",
        "milestone",
        unique=True,
        sqlite_where=text("undone_at IS NULL"),
    ),
    comment=PERSONAL,
)


def _payment() -> tuple[Column[object], ...]:
    return (
        personal("amount", Integer, nullable=False),
        personal("status", Choice(PaymentStatus), nullable=False),
        personal("scheduled_on", Date),
        personal("paid_on", Date),
        personal("partner", Text),
        personal("reason", Text),
    )


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=False)


payments = Table(
    "payments",
    metadata,
    Column(
        "participant",
        RowId,
        ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    _number(),
    *_payment(),
    comment=PERSONAL,
)

history = Table(
    "history",
    metadata,
    Column("id", RowId, primary_key=True),
    _owner(),
    Column("at", Moment, nullable=False),
    Column("event", Text, nullable=False),
    personal("fields", Document, nullable=False),
    Index("ix_history_participant", "participant"),
    comment=PERSONAL,
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("id", RowId, primary_key=True),
    _owner(),
    Column("conversation", Text, nullable=False),
    personal("answers", Document, nullable=False),
    Column("asked", Text),
    Column("misses", Integer, nullable=False),
    UniqueConstraint("participant"),
    comment=PERSONAL,
    sqlite_autoincrement=True,  # an old button must never fit a new dialogue
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    personal("channel", Text),
    personal("address", Text),
    personal("content", Document),
    personal("phone_hash", Text),
    Column("at", Moment, nullable=False),
    Column("handled_at", Moment),
    UniqueConstraint("digest"),
    Index(
        "ix_inbox_unhandled",
        "id",
        sqlite_where=text("handled_at IS NULL"),
    ),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

shared_messages = Table(
    "shared_messages",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("content", Text, nullable=False),
    comment="words owed to many people at once, kept once",
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("participant", RowId, nullable=False),  # no foreign key: one who left must not stop a batch
    Column("source", Text, nullable=False),
    Column("kind", Choice(Kind), nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("not_after", Moment),
    Column("unless", Choice(Milestone)),
    personal("message", Text),
    Column("shared_message", LargeBinary, ForeignKey("shared_messages.digest")),
    Column("channel", Text),
    personal("address", Text),
    Column("edits", Text),
    Column("state", Text, nullable=False),
    Column("open_at", Moment),  # when a worker may take it, or take it again; nothing once it is closed
    Column("attempt", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("via_channel", Text),
    personal("via_address", Text),
    Column("closed_at", Moment),
    Column("provider_id", Text),
    Column("reason", Text),
    UniqueConstraint("participant", "source"),
    Index(
        "ix_deliveries_open",
        "rank",
        "open_at",
        sqlite_where=text("open_at IS NOT NULL"),
    ),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

reminder_rows = Table(
    "reminder_rows",
    metadata,
    Column(
        "participant",
        RowId,
        ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Moment, nullable=False),
    Index("ix_reminder_rows_at", "at"),
    comment=PERSONAL,
)

roster = Table(
    "roster",
    metadata,
    personal("phone_hash", Text, primary_key=True),
    personal("wave", Integer, nullable=False),
    personal("passed_on", Date),
    personal("zone", Choice(Zone)),
    personal("progress", Document, nullable=False),
    comment=PERSONAL,
)

roster_payments = Table(
    "roster_payments",
    metadata,
    personal("phone_hash", Text, primary_key=True),
    _number(),
    *_payment(),
    comment=PERSONAL,
)

cutoffs = Table(
    "cutoffs",
    metadata,
    Column("wave", Integer, primary_key=True, autoincrement=False),
    Column("cutoff", Moment, nullable=False),
)

trainings = Table(
    "trainings",
    metadata,
    Column("key", Text, primary_key=True),
    Column("document", Document, nullable=False),
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
    UniqueConstraint("folded"),
    comment="what was not understood, already free of numbers and passwords, tied to nobody",
)


def for_postgresql() -> None:
    """Make partial indexes partial on PostgreSQL too; its dialect is slow to load, and not always needed."""
    for table in metadata.tables.values():
        for index in table.indexes:
            condition = index.dialect_kwargs.get("sqlite_where")
            if condition is not None:
                index.dialect_kwargs["postgresql_where"] = condition


RANKS = {kind: rank for rank, kind in enumerate(Kind)}
