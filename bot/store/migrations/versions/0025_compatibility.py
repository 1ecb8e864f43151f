"""The database says which code may use it: the oldest revision whose code still works on it.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alembic_version", sa.Column("oldest", sa.Text()))


def downgrade() -> None:
    op.drop_column("alembic_version", "oldest")
