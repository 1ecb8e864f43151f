"""Consent knows its words; a person may have their data left alone, and says since when.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consents", sa.Column("words", sa.Text()))
    op.add_column("participants", sa.Column("pause", sa.Text()))
    op.add_column("participants", sa.Column("paused_at", sa.DateTime(timezone=True)))
    create_later_index("ix_participants_withdrawn", "participants", ["paused_at"], "pause = 'withdrawn'")


def downgrade() -> None:
    drop_later_index("ix_participants_withdrawn", "participants")
    op.drop_column("participants", "paused_at")
    op.drop_column("participants", "pause")
    op.drop_column("consents", "words")
