"""The tables of what comes in and what goes out."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Double,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.schema.columns import Choice, JsonDocument, Moment, Ranked, RowId, personal
from bot.store.schema.conventions import PERSONAL, metadata, owner_key
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.receipts import ReceiptState
from programme.model.spheres import Sphere

UNARRIVED = "via_channel = 'whatsapp' AND state = 'sent' AND (receipt IS NULL OR receipt < 2)"
"""Taken by the channel, and not told to have arrived: 2 is the rank of *delivered*. As text, for a partial index."""

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    personal("channel", Text),
    personal("address", Text),
    personal("content", JsonDocument),
    personal("phone_hash", Text),
    Column("at", Moment, nullable=False),
    Column("handled_at", Moment),
    Column("taken_until", Moment),  # until then it is in the hands of the process that took it
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
    Column("kind", Ranked(Kind), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("not_after", Moment),
    Column("unless", Choice(Milestone)),
    personal("message", Text),
    Column("shared_message", LargeBinary),
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
    Column("receipt", Ranked(ReceiptState)),  # how far it came, as the channel tells later
    Column("receipt_at", Moment),
    Column("charged", Boolean),  # whether its price was counted
    Column("not_via", Text),  # the channel that would not carry it
    Column("amendment", RowId),  # what takes it back or corrects it is owed by this one
    Index("uq_deliveries_participant", "participant", "source", unique=True),
    Index("ix_deliveries_open", "kind", "open_at", sqlite_where=text("open_at IS NOT NULL")),
    Index(  # what there is to drop once it was kept for long enough
        "ix_deliveries_worded",
        "closed_at",
        sqlite_where=text(
            "message IS NOT NULL OR shared_message IS NOT NULL OR address IS NOT NULL OR via_address IS NOT NULL"
        ),
    ),
    Index("ix_deliveries_shared_message", "shared_message", sqlite_where=text("shared_message IS NOT NULL")),
    Index("ix_deliveries_held", "participant", sqlite_where=text("state = 'held'")),
    Index("ix_deliveries_unarrived", "closed_at", sqlite_where=text(UNARRIVED)),
    Index("ix_deliveries_amendment", "amendment", "state", sqlite_where=text("amendment IS NOT NULL")),
    Index("ix_deliveries_reminded", "closed_at", sqlite_where=text("kind = 2 AND state = 'sent'")),  # for the counts
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

broadcast_deliveries = Table(
    "broadcast_deliveries",
    metadata,
    Column("broadcast", RowId, primary_key=True, autoincrement=False),  # knows what these have in common
    Column("participant", RowId, primary_key=True, autoincrement=False),  # no foreign key, as above
    Column("state", Text, nullable=False),
    Column("open_at", Moment),  # as above, of what was tried; nothing before, and while it is held
    Column("held_at", Moment),  # since then it waits for its broadcast, which is paused, to go on
    Column("attempt", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("via_channel", Text),
    personal("via_address", Text),
    Column("closed_at", Moment),
    Column("provider_id", Text),
    Column("reason", Text),
    Column("receipt", Ranked(ReceiptState)),  # how far it came, as the channel tells later
    Column("receipt_at", Moment),
    Column("charged", Boolean),  # whether its price was counted
    Column("not_via", Text),  # the channel that would not carry it
    Index(  # those that were tried; the others are found by how far their broadcast has come
        "ix_broadcast_deliveries_tried",
        "broadcast",
        "open_at",
        sqlite_where=text("open_at IS NOT NULL OR held_at IS NOT NULL"),
    ),
    Index("ix_broadcast_deliveries_placed", "closed_at", sqlite_where=text("via_address IS NOT NULL")),
    Index("ix_broadcast_deliveries_unarrived", "closed_at", sqlite_where=text(UNARRIVED)),
    comment=PERSONAL,
    sqlite_with_rowid=False,
)

templates = Table(
    "templates",
    metadata,
    Column("name", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("category", Text),
    Column("quality", Text),
    Column("reason", Text, nullable=False),
    Column("told_at", Moment, nullable=False),  # by the channel
    Column("used_at", Moment),
    Column("stopped_at", Moment),  # since then we don't send it, whatever the channel says
    comment="texts that WhatsApp approves; nothing about anybody",
)

approached = Table(
    "approached",  # who was written to without having written within a day
    metadata,
    owner_key(),
    Column("channel", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Index("ix_approached_at", "channel", "at"),
    comment=PERSONAL,
)

charges = Table(
    "charges",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("billable", Boolean, primary_key=True),
    Column("count", Integer, nullable=False),
    comment="what a channel charges for, counted by the day; nothing about anybody",
)

channel_facts = Table(
    "channel_facts",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("name", Text, primary_key=True),  # tier, quality, receipt_at, ignored/...
    Column("value", Text, nullable=False),
    Column("at", Moment, nullable=False),
    comment="what a channel told of our account; nothing about anybody",
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("sphere", Choice(Sphere), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Column("dead", Boolean, nullable=False),  # not to be tried any more until an operator says so
    comment="what failed again and again; nothing about anybody",
)

reminder_rows = Table(
    "reminder_rows",
    metadata,
    owner_key(),
    Column("at", Moment, nullable=False),
    Index("ix_reminder_rows_at", "at"),
    comment=PERSONAL,
)

rate_budgets = Table(
    "rate_budgets",
    metadata,
    Column("account", Text, primary_key=True),
    Column("rate", Double, nullable=False),  # messages a second
    Column("burst", Double, nullable=False),  # seconds that may be made up for
    Column("tat", Double, nullable=False),  # the next free slot; seconds, as are the moments below
    Column("talked_at", Double, nullable=False),
    Column("blocked_at", Double, nullable=False),
    Column("blocked_until", Double, nullable=False),
)
