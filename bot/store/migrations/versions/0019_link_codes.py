"""Codes that link a page on the web with a person whom a messenger knows.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, *columns in (
        (
            "link_codes",
            sa.Column("digest", sa.Text(), nullable=False, comment="personal data"),
            sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        ),
        (
            "link_tries",
            sa.Column("wrong", sa.Integer(), nullable=False),
            sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        ),
    ):
        op.create_table(
            name,
            sa.Column(
                "participant", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
            ),
            *columns,
            sa.ForeignKeyConstraint(
                ["participant"], ["participants.id"], name=op.f(f"fk_{name}_participant"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("participant", name=op.f(f"pk_{name}")),
            comment="personal data",
        )
    op.create_index("ix_link_codes_digest", "link_codes", ["digest"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_link_codes_digest", table_name="link_codes")
    op.drop_table("link_tries")
    op.drop_table("link_codes")
