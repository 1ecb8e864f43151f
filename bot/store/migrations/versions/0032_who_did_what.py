"""When each member of the staff did something last is found without looking through all records.

Revision ID: 0032
Revises: 0031
"""

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_later_index("ix_audit_who", "audit", ["who", "id"])


def downgrade() -> None:
    drop_later_index("ix_audit_who", "audit")
