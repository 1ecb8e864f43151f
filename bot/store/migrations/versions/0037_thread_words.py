"""What was said on tickets is found by its words.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        words = sa.text("to_tsvector('simple', text)")
        create_later_index("ix_ticket_entries_words", "ticket_entries", [words], using="gin")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        drop_later_index("ix_ticket_entries_words", "ticket_entries")
