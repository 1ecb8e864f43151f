"""A question is answered in words for a day only, so it is known when it was put.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dialogues", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    # nobody knows since when they wait, so only their buttons answer them
    op.execute("UPDATE dialogues SET asked_at = '2020-01-01 00:00:00' WHERE asked IS NOT NULL")


def downgrade() -> None:
    op.drop_column("dialogues", "asked_at")
