"""The hour that a person wishes for reminders has minutes.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("reminder_minute", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("participants", "reminder_minute")
