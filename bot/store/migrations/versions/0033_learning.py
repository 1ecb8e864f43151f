"""Misses know who labelled them; models trained from them are kept until a second person puts one to use.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WAITING = sa.text("intent IS NULL")


def upgrade() -> None:
    op.add_column("misses", sa.Column("labelled_by", sa.Text()))
    op.add_column("misses", sa.Column("labelled_at", _MOMENT))
    op.create_index(
        "ix_misses_waiting",
        "misses",
        ["times", "last_at"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_table(
        "models",
        sa.Column("id", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("figures", sa.Text()),
        sa.Column("weights", sa.LargeBinary()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", _MOMENT),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
        comment="models of the understanding that were trained from what the staff labelled; nothing about anybody",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_models_state", "models", ["state"])


def downgrade() -> None:
    op.drop_table("models")
    op.drop_index("ix_misses_waiting", table_name="misses")
    op.drop_column("misses", "labelled_at")
    op.drop_column("misses", "labelled_by")
