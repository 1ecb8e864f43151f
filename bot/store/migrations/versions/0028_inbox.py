"""The console's inbox: labels, putting off, why the bot passed it on, undoing, and ways of looking that are kept.

Complaints that no group shows lose their words in time, too: when they did is noted.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_COLUMNS = (("why", sa.Text()), ("labels", sa.Text()), ("put_off_to", _MOMENT), ("emptied_at", _MOMENT))
_INDEXES = (
    ("ix_tickets_worded", "closed_at", "closed_at IS NOT NULL AND emptied_at IS NULL"),
    ("ix_tickets_put_off", "put_off_to", "put_off_to IS NOT NULL"),
)


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("tickets", sa.Column(name, kind))
    for name, column, where in _INDEXES:
        op.create_index(name, "tickets", [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_table(
        "console_undo",
        sa.Column("id", _ID, nullable=False),
        sa.Column("participant", _ID, nullable=False),
        sa.Column("ticket", _ID, nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("entry", _ID),
        sa.Column("words", sa.Text(), comment="personal data"),
        sa.Column("undone_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_console_undo_participant"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_console_undo_ticket"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_console_undo")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    for column in ("batch", "participant", "until"):
        op.create_index(f"ix_console_undo_{column}", "console_undo", [column])
    op.create_table(
        "console_views",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("who", "name", name=op.f("pk_console_views")),
        comment="ways of looking at the inbox that a member of the staff keeps",
    )


def downgrade() -> None:
    op.drop_table("console_views")
    op.drop_table("console_undo")
    for name, _column, _where in _INDEXES:
        op.drop_index(name, table_name="tickets")
    for name, _kind in _COLUMNS:
        op.drop_column("tickets", name)
