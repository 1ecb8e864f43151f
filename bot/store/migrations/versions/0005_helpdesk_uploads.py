"""Pictures from the web page, which self-help somebody had, and which notice the staff reply to.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("staff_notices", sa.Column("shown", sa.Text(), nullable=True))
    op.create_table(
        "uploads",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("participant", row_id, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("name", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("data", sa.LargeBinary(), nullable=False, comment="personal data"),
        _owned("uploads"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        comment="personal data",
    )
    op.create_index("ix_uploads_participant", "uploads", ["participant", "at"])
    op.create_index("ix_uploads_at", "uploads", ["at"])
    op.create_table(
        "advised",
        sa.Column("participant", row_id, autoincrement=False, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        _owned("advised"),
        sa.PrimaryKeyConstraint("participant", "about", name=op.f("pk_advised")),
        comment="personal data",
    )


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_participant")
    return sa.ForeignKeyConstraint(["participant"], ["participants.id"], name=name, ondelete="CASCADE")


def downgrade() -> None:
    op.drop_table("advised")
    op.drop_table("uploads")
    with op.batch_alter_table("staff_notices") as notices:
        notices.drop_column("shown")
