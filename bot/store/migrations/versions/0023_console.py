"""The staff's console: links and sessions, drafts, and counts by the hour with the indexes that feed them.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_COUNTED = (
    ("ix_deliveries_reminded", "deliveries", ["closed_at"], "kind = 2 AND state = 'sent'"),
    ("ix_progress_bought", "progress", ["noted_at"], "milestone = 'bought' AND undone_at IS NULL"),
    ("ix_history_obstacles", "history", ["at"], "event = 'ObstacleNamed'"),
)


def _member() -> sa.Column:
    return sa.Column("member", _ID, nullable=False)


def upgrade() -> None:
    op.create_table(
        "console_links",
        sa.Column("digest", sa.Text(), nullable=False),
        _member(),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.ForeignKeyConstraint(["member"], ["staff.id"], name=op.f("fk_console_links_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_console_links")),
        comment="ways into the console for two minutes, each once; the link itself is kept nowhere",
    )
    op.create_table(
        "console_sessions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        _member(),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.ForeignKeyConstraint(["member"], ["staff.id"], name=op.f("fk_console_sessions_member"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_console_sessions_digest")),
        comment="who of the staff is signed in; the token itself is kept nowhere",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_console_sessions_member", "console_sessions", ["member"])
    op.create_table(
        "console_drafts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("ticket", _ID, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_console_drafts_participant"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_console_drafts_ticket"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_drafts")),
        sa.UniqueConstraint("ticket", "who", name=op.f("uq_console_drafts_ticket")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_console_drafts_participant", "console_drafts", ["participant"])
    op.create_table(
        "tallies",
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("at", "name", "part", name=op.f("pk_tallies")),
        comment="how many of what, by the hour or the day; nothing about anybody",
    )
    op.create_index("ix_tallies_name", "tallies", ["name", "at"])
    for name, table, columns, where in _COUNTED:
        create_later_index(name, table, columns, where)


def downgrade() -> None:
    for name, table, _columns, _where in _COUNTED:
        drop_later_index(name, table)
    for table in ("tallies", "console_drafts", "console_sessions", "console_links"):
        op.drop_table(table)
