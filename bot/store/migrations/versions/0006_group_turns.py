"""What went into each group of the staff in the last minute.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_turns",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text(), nullable=False),
        sa.Column("frozen", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_group_turns")),
        comment="how fast each group of the staff is written to",
    )


def downgrade() -> None:
    op.drop_table("group_turns")
