"""The reminder policy by which people are planned.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_policy",
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("upto", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_planned_policy")),
        comment="one row at most: the reminder policy by which people are planned, and up to whom; none is all",
    )


def downgrade() -> None:
    op.drop_table("planned_policy")
