"""The first tables: people, what came in, what goes out, the roster.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cutoffs",
        sa.Column("wave", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cutoff", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("wave", name=op.f("pk_cutoffs")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", row_id, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("address", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("content", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("phone_hash", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("digest", name=op.f("uq_inbox_digest")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_unhandled",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_table(
        "misses",
        sa.Column("id", row_id, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("guess", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intent", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misses")),
        sa.UniqueConstraint("folded", name=op.f("uq_misses_folded")),
        comment="what was not understood, already free of numbers and passwords, tied to nobody",
    )
    op.create_table(
        "participants",
        sa.Column("id", row_id, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("wave", sa.Integer(), nullable=True, comment="personal data"),
        sa.Column("passed_on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("welcomed", sa.Boolean(), nullable=False),
        sa.Column("reminder_level", sa.Text(), nullable=False),
        sa.Column("reminder_hour", sa.SmallInteger(), nullable=True),
        sa.Column("plan_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_cutoff", sa.DateTime(timezone=True), nullable=True),
        sa.Column("obstacle", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("phone_hash", sa.Text(), nullable=True, comment="personal data"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_participants_phone_hash", "participants", ["phone_hash"], unique=False)
    op.create_index("ix_participants_wave_id", "participants", ["wave", "id"], unique=False)
    op.create_table(
        "roster",
        sa.Column("phone_hash", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("wave", sa.Integer(), nullable=False, comment="personal data"),
        sa.Column("passed_on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("zone", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("progress", sa.Text(), nullable=False, comment="personal data"),
        sa.PrimaryKeyConstraint("phone_hash", name=op.f("pk_roster")),
        comment="personal data",
    )
    op.create_table(
        "roster_payments",
        sa.Column("phone_hash", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False, comment="personal data"),
        sa.Column("status", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("scheduled_on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("paid_on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("partner", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("reason", sa.Text(), nullable=True, comment="personal data"),
        sa.PrimaryKeyConstraint("phone_hash", "number", name=op.f("pk_roster_payments")),
        comment="personal data",
    )
    op.create_table(
        "shared_messages",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_shared_messages")),
        comment="words owed to many people at once, kept once",
    )
    op.create_table(
        "trainings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_trainings")),
    )
    op.create_table(
        "addresses",
        sa.Column("id", row_id, nullable=False),
        sa.Column("participant", row_id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_addresses_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_addresses_channel")),
        comment="personal data",
    )
    op.create_index("ix_addresses_participant", "addresses", ["participant"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", row_id, nullable=False),
        sa.Column("participant", row_id, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unless", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("shared_message", sa.LargeBinary(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("edits", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("via_channel", sa.Text(), nullable=True),
        sa.Column("via_address", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shared_message"], ["shared_messages.digest"], name=op.f("fk_deliveries_shared_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("participant", "source", name=op.f("uq_deliveries_participant")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["rank", "open_at"],
        unique=False,
        sqlite_where=sa.text("open_at IS NOT NULL"),
        postgresql_where=sa.text("open_at IS NOT NULL"),
    )
    op.create_table(
        "dialogues",
        sa.Column("id", row_id, nullable=False),
        sa.Column("participant", row_id, nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_dialogues_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogues")),
        sa.UniqueConstraint("participant", name=op.f("uq_dialogues_participant")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "history",
        sa.Column("id", row_id, nullable=False),
        sa.Column("participant", row_id, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False, comment="personal data"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_history_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        comment="personal data",
    )
    op.create_index("ix_history_participant", "history", ["participant"], unique=False)
    op.create_table(
        "payments",
        sa.Column("participant", row_id, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False, comment="personal data"),
        sa.Column("status", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("scheduled_on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("paid_on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("partner", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("reason", sa.Text(), nullable=True, comment="personal data"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_payments_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant", "number", name=op.f("pk_payments")),
        comment="personal data",
    )
    op.create_table(
        "progress",
        sa.Column("id", row_id, nullable=False),
        sa.Column("participant", row_id, nullable=False),
        sa.Column("milestone", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("on", sa.Date(), nullable=True, comment="personal data"),
        sa.Column("platform", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_progress_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        comment="personal data",
    )
    op.create_index(
        "uq_progress_standing",
        "progress",
        ["participant", "milestone"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "reminder_rows",
        sa.Column("participant", row_id, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_reminder_rows_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant", name=op.f("pk_reminder_rows")),
        comment="personal data",
    )
    op.create_index("ix_reminder_rows_at", "reminder_rows", ["at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_reminder_rows_at", table_name="reminder_rows")
    op.drop_table("reminder_rows")
    op.drop_index(
        "uq_progress_standing",
        table_name="progress",
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.drop_table("progress")
    op.drop_table("payments")
    op.drop_index("ix_history_participant", table_name="history")
    op.drop_table("history")
    op.drop_table("dialogues")
    op.drop_index(
        "ix_deliveries_open",
        table_name="deliveries",
        sqlite_where=sa.text("open_at IS NOT NULL"),
        postgresql_where=sa.text("open_at IS NOT NULL"),
    )
    op.drop_table("deliveries")
    op.drop_index("ix_addresses_participant", table_name="addresses")
    op.drop_table("addresses")
    op.drop_table("trainings")
    op.drop_table("shared_messages")
    op.drop_table("roster_payments")
    op.drop_table("roster")
    op.drop_index("ix_participants_wave_id", table_name="participants")
    op.drop_index("ix_participants_phone_hash", table_name="participants")
    op.drop_table("participants")
    op.drop_table("misses")
    op.drop_index(
        "ix_inbox_unhandled",
        table_name="inbox",
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.drop_table("inbox")
    op.drop_table("cutoffs")
