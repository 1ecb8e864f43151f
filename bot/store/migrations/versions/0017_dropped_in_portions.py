"""Indexes by which what was kept for long enough is found a few rows at a time.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_WORDED = "message IS NOT NULL OR shared_message IS NOT NULL OR address IS NOT NULL OR via_address IS NOT NULL"
_INDEXES = (
    ("ix_deliveries_worded", "deliveries", "closed_at", _WORDED),
    ("ix_deliveries_shared_message", "deliveries", "shared_message", "shared_message IS NOT NULL"),
    ("ix_staff_notices_posted_at", "staff_notices", "posted_at", "posted_at IS NOT NULL"),
    ("ix_tickets_kept", "tickets", "closed_at", "closed_at IS NOT NULL AND room IS NOT NULL"),
)


def upgrade() -> None:
    for name, table, column, condition in _INDEXES:
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _column, _condition in _INDEXES:
        op.drop_index(name, table_name=table)
