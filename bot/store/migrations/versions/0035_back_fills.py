"""Long back-fills are left to a job; the two that were part of a migration until now are its first.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.back_fill import leave_to_job

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "back_fills",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("upto", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_back_fills")),
        comment="what a migration left to be written into old rows, and how far that is",
    )
    leave_to_job("deliveries_closed_at", "deliveries")  # since 0017
    leave_to_job("tickets_emptied_at", "tickets")  # since 0028


def downgrade() -> None:
    op.drop_table("back_fills")
