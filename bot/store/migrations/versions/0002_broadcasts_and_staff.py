"""Announcements to many people, the staff who make them, and what they did; how people are called.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("participants", sa.Column("name", sa.Text(), nullable=True, comment="personal data"))
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint("fk_deliveries_shared_message", type_="foreignkey")
    op.create_table(
        "staff",
        sa.Column("id", row_id, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_staff_channel")),
        comment="who works here; those who left stay, inactive, for the records",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", row_id, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        comment="every act of the staff; rows are only ever added",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", row_id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("twin", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("exclusions", sa.Text(), nullable=False),
        sa.Column("planned_to", row_id, nullable=False),
        sa.Column("planned_all", sa.Boolean(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("first_row", row_id, nullable=True),
        sa.Column("last_row", row_id, nullable=True),
        sa.Column("tally", sa.Text(), nullable=False),
        sa.Column("tallied_to", row_id, nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sa.UniqueConstraint("twin", name=op.f("uq_broadcasts_twin")),
        sa.UniqueConstraint("origin", name=op.f("uq_broadcasts_origin")),
        comment="announcements to many people; their deliveries are planned a stretch at a time",
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("broadcasts")
    op.drop_table("audit")
    op.drop_table("staff")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.create_foreign_key("fk_deliveries_shared_message", "shared_messages", ["shared_message"], ["digest"])
    with op.batch_alter_table("participants", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("name")
