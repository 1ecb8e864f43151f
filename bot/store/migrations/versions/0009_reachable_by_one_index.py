"""One index tells whose an address is and whether it can be reached, in place of two.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_REACHABLE = sa.text("reachable")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # readers keep the old ones until the new one is built
        op.create_index("ix_addresses_built", "addresses", ["participant", "reachable"])
        _drop_both()
        op.execute("ALTER INDEX ix_addresses_built RENAME TO ix_addresses_participant")
        return
    _drop_both()
    op.create_index("ix_addresses_participant", "addresses", ["participant", "reachable"])


def _drop_both() -> None:
    op.drop_index("ix_addresses_reachable", table_name="addresses")
    op.drop_index("ix_addresses_participant", table_name="addresses")


def downgrade() -> None:
    op.drop_index("ix_addresses_participant", table_name="addresses")
    op.create_index("ix_addresses_participant", "addresses", ["participant"])
    op.create_index(
        "ix_addresses_reachable",
        "addresses",
        ["participant"],
        sqlite_where=_REACHABLE,
        postgresql_where=_REACHABLE,
    )
