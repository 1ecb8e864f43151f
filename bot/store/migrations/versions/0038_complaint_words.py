"""Complaints are found by their own words as their threads are.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        words = sa.text("to_tsvector('simple', complaint)")
        create_later_index("ix_tickets_words", "tickets", [words], using="gin")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        drop_later_index("ix_tickets_words", "tickets")
