"""Reminders without pictures, for whoever wants them so.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("reminder_text_only", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("participants", "reminder_text_only")
