"""Announcements know the fingerprint of their words, so that nobody gets the same ones twice.

Revision ID: 0012
Revises: 0011
"""

from datetime import UTC

import orjson
import sqlalchemy as sa
from alembic import op

from programme.model.fingerprint import fingerprint

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_b = sa.table(
    "broadcasts",
    sa.column("id", sa.BigInteger),
    sa.column("words", sa.Text),
    sa.column("starts_at", sa.DateTime(timezone=True)),
    sa.column("fingerprint", sa.Text),
)


def upgrade() -> None:
    op.add_column("broadcasts", sa.Column("fingerprint", sa.Text(), nullable=True))
    op.create_index("ix_broadcasts_fingerprint", "broadcasts", ["fingerprint"])
    connection = op.get_bind()
    for row in connection.execute(sa.select(_b)).all():
        words = orjson.loads(orjson.loads(row.words)["id"])["text"]
        at = row.starts_at if row.starts_at.tzinfo else row.starts_at.replace(tzinfo=UTC)
        connection.execute(sa.update(_b).where(_b.c.id == row.id).values(fingerprint=fingerprint(words, at)))


def downgrade() -> None:
    op.drop_index("ix_broadcasts_fingerprint", table_name="broadcasts")
    op.drop_column("broadcasts", "fingerprint")
