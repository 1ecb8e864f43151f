"""The hour that a person wishes for reminders has minutes.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("participants", sa.Column("reminder_minute", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("participants", "reminder_minute")
