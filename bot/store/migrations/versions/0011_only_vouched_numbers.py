"""A number that was only typed, at the page or in a terminal, opens nobody's data any more.

What official data it had opened is taken back; the wave and the reminders stay, for they do no harm.

Revision ID: 0011
Revises: 0010
"""

# ruff: noqa: S608 - the statements are put together from words of this file alone
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TYPED = (
    "SELECT id FROM participants WHERE phone_hash IS NOT NULL AND id NOT IN "
    "(SELECT participant FROM addresses WHERE channel NOT IN ('web', 'terminal'))"
)


def upgrade() -> None:
    op.execute(f"DELETE FROM payments WHERE participant IN ({_TYPED})")
    op.execute(f"DELETE FROM progress WHERE source = 'official' AND participant IN ({_TYPED})")
    op.execute(f"UPDATE participants SET official = false, phone_hash = NULL WHERE id IN ({_TYPED})")
    op.execute("UPDATE inbox SET phone_hash = NULL WHERE channel IN ('web', 'terminal')")


def downgrade() -> None:
    """Nothing to bring back."""
