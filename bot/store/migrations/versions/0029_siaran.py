"""Announcements at the console: drafts, lists of people, and what is taken back or corrected.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.later_index import create_later_index, drop_later_index

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_JSON = sa.Text()


def upgrade() -> None:
    op.create_table(
        "broadcast_drafts",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("composed", _JSON, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_broadcast_drafts")),
        comment="announcements that somebody of the staff is writing, one each; nothing about anybody",
    )
    op.create_table(
        "audience_lists",
        sa.Column("id", _ID, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column("strangers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience_lists")),
        comment="lists of people for whom an announcement was; who is on them stands apart",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audience_people",
        sa.Column("list", _ID, nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["list"], ["audience_lists.id"], name=op.f("fk_audience_people_list"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_audience_people_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list", "participant", name=op.f("pk_audience_people")),
        comment="personal data",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audience_people_participant", "audience_people", ["participant"])
    op.create_table(
        "amendments",
        sa.Column("id", _ID, nullable=False),
        sa.Column("broadcast", _ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words", _JSON),
        sa.Column("former", _JSON),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text()),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("twin", sa.Text()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("begun_at", _MOMENT),
        sa.Column("finished_at", _MOMENT),
        sa.Column("planned_to", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast"], ["broadcasts.id"], name=op.f("fk_amendments_broadcast"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("origin", name=op.f("uq_amendments_origin")),
        sa.UniqueConstraint("twin", name=op.f("uq_amendments_twin")),
        comment="announcements taken back or corrected where they went out already",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_amendments_broadcast", "amendments", ["broadcast"])
    op.add_column("deliveries", sa.Column("amendment", _ID))
    create_later_index("ix_deliveries_amendment", "deliveries", ["amendment", "state"], "amendment IS NOT NULL")


def downgrade() -> None:
    drop_later_index("ix_deliveries_amendment", "deliveries")
    op.drop_column("deliveries", "amendment")
    for table in ("amendments", "audience_people", "audience_lists", "broadcast_drafts"):
        op.drop_table(table)
