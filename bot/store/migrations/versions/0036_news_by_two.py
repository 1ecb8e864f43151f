"""An incident's news for many waits for a second person.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_COLUMNS = (("proposed", sa.Text()), ("proposed_last", sa.Boolean()), ("proposed_by", sa.Text()))


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("incidents", sa.Column(name, kind))


def downgrade() -> None:
    for name, _kind in reversed(_COLUMNS):
        op.drop_column("incidents", name)
