"""What staff change of the programme's data, laid over its files, and the version that tells of it.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "programme_edits",
        sa.Column("id", _ID, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("base", sa.Text()),
        sa.Column("before", sa.Text()),
        sa.Column("decided_over", _ID),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", _MOMENT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_edits")),
        comment="what staff changed of the programme's data, laid over the files; rows stay",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_programme_edits_place", "programme_edits", ["file", "row", "field"])
    op.create_index("ix_programme_edits_state", "programme_edits", ["state"])
    op.create_table(
        "programme_version",
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_programme_version")),
        comment="one row at most: grows with each approved edit, so that processes see that there is news",
    )


def downgrade() -> None:
    op.drop_table("programme_version")
    op.drop_table("programme_edits")
