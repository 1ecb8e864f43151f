"""The tables of people, and of what happened to them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.schema.columns import Choice, JsonDocument, Moment, RowId, called, personal
from bot.store.schema.conventions import PERSONAL, metadata, owner, owner_key, payment_columns
from programme.model.messages import Kind
from programme.model.milestones import Milestone, Source
from programme.model.participants import Pause, ReminderLevel
from programme.model.zones import Zone

participants = Table(
    "participants",
    metadata,
    Column("id", RowId, primary_key=True),
    personal("name", Text),
    Column("language", Text, nullable=False),
    personal("zone", Choice(Zone)),
    personal("wave", Integer),
    personal("passed_on", Date),
    Column("official", Boolean, nullable=False),
    Column("joined_at", Moment, nullable=False),
    Column("welcomed", Boolean, nullable=False),
    Column("reminder_level", Choice(ReminderLevel), nullable=False),
    Column("reminder_hour", SmallInteger),
    Column("reminder_minute", SmallInteger),
    Column("reminder_text_only", Boolean),  # none: with pictures
    Column("plan_at", Moment),
    Column("told_cutoff", Moment),
    personal("obstacle", Text),
    personal("phone_hash", Text),
    personal("phone_tail", Text),  # the last three digits, by which the staff find somebody
    Column("pause", Choice(Pause)),
    Column("paused_at", Moment),
    Index("ix_participants_wave_id", "wave", "id"),
    Index("ix_participants_phone_hash", "phone_hash"),
    Index("ix_participants_phone_tail", "phone_tail", "id", sqlite_where=text("phone_tail IS NOT NULL")),
    Index("ix_participants_withdrawn", "paused_at", sqlite_where=text("pause = 'withdrawn'")),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

Index("ix_participants_called", called(participants.c.name), participants.c.id)

addresses = Table(
    "addresses",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("channel", Text, nullable=False),
    personal("address", Text, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("marketing_off_at", Moment),  # since then the person wants no advertising there
    Column("undelivered_at", Moment),  # when the channel said first that nobody is there; it may be wrong
    UniqueConstraint("channel", "address"),
    Index("ix_addresses_participant", "participant", "reachable"),
    Index("ix_addresses_undelivered_at", "undelivered_at", sqlite_where=text("undelivered_at IS NOT NULL")),
    comment=PERSONAL,
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("channel", Text, nullable=False),
    personal("alias", Text, nullable=False),  # another name of an address: the number beside a scoped id
    UniqueConstraint("channel", "alias"),
    Index("ix_aliases_participant", "participant"),
    comment=PERSONAL,
)

consents = Table(
    "consents",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("channel", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("proof", Text, nullable=False),  # by what it was given: a digest of the message, or the key pressed
    Column("words", Text),  # the version of the words that were shown; none where it was given by writing first
    Column("withdrawn_at", Moment),
    UniqueConstraint("participant", "channel"),
    comment=PERSONAL,
)

progress = Table(
    "progress",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
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
    Index("ix_progress_undone", "participant", sqlite_where=text("undone_at IS NOT NULL")),
    Index("ix_progress_bought", "noted_at", sqlite_where=text("milestone = 'bought' AND undone_at IS NULL")),
    comment=PERSONAL,
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    personal("milestone", Choice(Milestone), nullable=False),
    personal("before", JsonDocument),  # the step as it stood; nothing where it was not reached
    personal("after", JsonDocument),
    personal("reason", Text, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", Text),
    Index("ix_corrections_participant", "participant"),
    comment=PERSONAL,
    sqlite_autoincrement=True,
)

payments = Table(
    "payments",
    metadata,
    owner_key(),
    *payment_columns(),
    comment=PERSONAL,
)

history = Table(
    "history",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("at", Moment, nullable=False),
    Column("event", Text, nullable=False),
    personal("fields", JsonDocument, nullable=False),
    Index("ix_history_participant", "participant"),
    Index("ix_history_obstacles", "at", sqlite_where=text("event = 'ObstacleNamed'")),
    comment=PERSONAL,
)

chat_posts = Table(
    "chat_posts",
    metadata,
    Column("number", RowId, primary_key=True),
    Column("id", Text, nullable=False),
    owner(),
    personal("address", Text, nullable=False),  # of the browser; somebody may have several
    Column("at", Moment, nullable=False),
    Column("kind", Choice(Kind)),  # none for the person's own words
    personal("content", Text, nullable=False),
    UniqueConstraint("participant", "id"),
    Index("ix_chat_posts_at", "at"),
    comment=PERSONAL,
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("id", RowId, primary_key=True),
    owner(),
    Column("conversation", Text, nullable=False),
    personal("answers", JsonDocument, nullable=False),
    Column("asked", Text),
    Column("asked_at", Moment),
    Column("misses", Integer, nullable=False),
    Column("forget_at", Moment),
    UniqueConstraint("participant"),
    Index("ix_dialogues_forget_at", "forget_at", sqlite_where=text("forget_at IS NOT NULL")),
    comment=PERSONAL,
    sqlite_autoincrement=True,  # an old button must never fit a new dialogue
)

link_codes = Table(
    "link_codes",
    metadata,
    owner_key(),
    personal("digest", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_link_codes_digest", "digest", unique=True),
    comment=PERSONAL,
)

link_tries = Table(
    "link_tries",
    metadata,
    owner_key(),
    Column("wrong", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    comment=PERSONAL,
)
