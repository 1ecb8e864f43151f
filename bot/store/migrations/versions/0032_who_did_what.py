"""When each member of the staff did something last is found without looking through all records.

Revision ID: 0032
Revises: 0031
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_who", "audit", ["who", "id"])


def downgrade() -> None:
    op.drop_index("ix_audit_who", table_name="audit")
