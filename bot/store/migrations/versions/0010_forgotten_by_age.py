"""What a dialogue keeps in mind is forgotten at a moment of its own.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEPT = sa.text("forget_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("dialogues", sa.Column("forget_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_dialogues_forget_at", "dialogues", ["forget_at"], sqlite_where=_KEPT, postgresql_where=_KEPT)
    # nobody knows since when it was kept, so it goes at the next tidying
    op.execute(
        "UPDATE dialogues SET forget_at = '2020-01-01 00:00:00' WHERE asked IS NULL OR answers LIKE '%\"brought\":%'"
    )


def downgrade() -> None:
    op.drop_index("ix_dialogues_forget_at", table_name="dialogues")
    op.drop_column("dialogues", "forget_at")
