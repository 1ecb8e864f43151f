"""Who said what was not understood, so that their words go with them.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "missed_by",
        sa.Column("miss", number, autoincrement=False, nullable=False),
        sa.Column("participant", number, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["miss"], ["misses.id"], name=op.f("fk_missed_by_miss"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_missed_by_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("miss", "participant", name=op.f("pk_missed_by")),
        comment="personal data",
    )
    op.create_index("ix_missed_by_participant", "missed_by", ["participant"])


def downgrade() -> None:
    op.drop_index("ix_missed_by_participant", table_name="missed_by")
    op.drop_table("missed_by")
