"""People are found by the beginning of their name and by their number's last digits; the staff correct milestones.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    called = "lower(name)" if op.get_bind().dialect.name == "sqlite" else 'lower(name) COLLATE "C"'
    op.add_column("participants", sa.Column("phone_tail", sa.Text(), comment="personal data"))
    create_later_index("ix_participants_phone_tail", "participants", ["phone_tail", "id"], "phone_tail IS NOT NULL")
    create_later_index("ix_participants_called", "participants", [sa.text(called), "id"])
    create_later_index("ix_progress_undone", "progress", ["participant"], "undone_at IS NOT NULL")
    op.create_table(
        "corrections",
        sa.Column("id", _ID, nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("milestone", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("before", sa.Text(), comment="personal data"),
        sa.Column("after", sa.Text(), comment="personal data"),
        sa.Column("reason", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", sa.Text()),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_corrections_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_participant", "corrections", ["participant"])


def downgrade() -> None:
    op.drop_table("corrections")
    drop_later_index("ix_progress_undone", "progress")
    for name in ("ix_participants_called", "ix_participants_phone_tail"):
        drop_later_index(name, "participants")
    op.drop_column("participants", "phone_tail")
