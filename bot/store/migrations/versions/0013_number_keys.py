"""Which keys hash numbers, so that a secret that changed is noticed, and may change.

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
    op.create_table(
        "number_keys",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_number_keys")),
        comment="under which keys numbers are hashed; the place stands before each hash, but for 0",
    )


def downgrade() -> None:
    op.drop_table("number_keys")
