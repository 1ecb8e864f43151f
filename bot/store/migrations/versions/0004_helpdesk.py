"""The helpdesk: tickets and what was said on them, who works when, incidents.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tickets()
    _entries()
    _view()
    _work()
    op.create_table(
        "incidents",
        sa.Column("id", row_id, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("concerned", sa.Text(), nullable=True),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("news", sa.Text(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("spread", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sqlite_autoincrement=True,
    )


def _owner() -> sa.Column[int]:
    return sa.Column("participant", row_id, nullable=False)


def _owned(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_participant")
    return sa.ForeignKeyConstraint(["participant"], ["participants.id"], name=name, ondelete="CASCADE")


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", row_id, nullable=False),
        _owner(),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("concerned", sa.Text(), nullable=True),
        sa.Column("complaint", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("summary", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("heard", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("queued_at", moment, nullable=False),
        sa.Column("waits_since", moment, nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("touched_at", moment, nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("cutoff", moment, nullable=True),
        sa.Column("outside", sa.Text(), nullable=True),
        sa.Column("stars", sa.SmallInteger(), nullable=True),
        sa.Column("word", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.Column("incident", row_id, nullable=True),
        sa.Column("warned", sa.Text(), nullable=False),
        sa.Column("room", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("card_digest", sa.Text(), nullable=True),
        sa.Column("topic_face", sa.Text(), nullable=True),
        sa.Column("shown_to", row_id, nullable=False),
        sa.Column("view_at", moment, nullable=True),
        sa.Column("view_rank", sa.SmallInteger(), nullable=False),
        sa.Column("view_lease", moment, nullable=True),
        sa.Column("view_turn", sa.Integer(), nullable=False),
        _owned("tickets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    still_open, unseen = sa.text("state <> 'closed'"), sa.text("view_at IS NOT NULL")
    op.create_index("ix_tickets_participant", "tickets", ["participant", "id"])
    op.create_index(
        "ix_tickets_open",
        "tickets",
        ["state", "cutoff", "opened_at"],
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index(
        "ix_tickets_view", "tickets", ["room", "view_rank", "view_at"], sqlite_where=unseen, postgresql_where=unseen
    )
    op.create_index("ix_tickets_opened", "tickets", ["opened_at"])
    op.create_index("ix_tickets_incident", "tickets", ["incident"])


def _entries() -> None:
    op.create_table(
        "ticket_entries",
        sa.Column("id", row_id, nullable=False),
        _owner(),
        sa.Column("ticket", row_id, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("attachment", sa.Text(), nullable=True, comment="personal data"),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("replies_to", row_id, nullable=True),
        sa.Column("corrects", row_id, nullable=True),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("keys", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("fate", sa.Text(), nullable=True),
        _owned("ticket_entries"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=op.f("fk_ticket_entries_ticket"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_entries")),
        comment="personal data",
        sqlite_autoincrement=True,
    )
    wondering = sa.text("source IS NOT NULL AND fate IS NULL")
    op.create_index("ix_ticket_entries_ticket", "ticket_entries", ["ticket", "id"])
    op.create_index("ix_ticket_entries_shown", "ticket_entries", ["ticket", "shown"])
    op.create_index("ix_ticket_entries_origin", "ticket_entries", ["ticket", "origin"])
    op.create_index(
        "ix_ticket_entries_fate", "ticket_entries", ["id"], sqlite_where=wondering, postgresql_where=wondering
    )


def _view() -> None:
    op.create_table(
        "topics_to_drop",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("room", "topic", name=op.f("pk_topics_to_drop")),
        comment="topics of people who asked to be forgotten",
    )
    op.create_table(
        "staff_notices",
        sa.Column("id", row_id, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=True),
        sa.Column("posted_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_notices_key")),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("posted_at IS NULL")
    op.create_index("ix_staff_notices_waiting", "staff_notices", ["id"], sqlite_where=waiting, postgresql_where=waiting)


def _work() -> None:
    op.create_table(
        "agents",
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("given_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_agents")),
        comment="how the members of the staff work at the helpdesk",
    )
    op.create_table(
        "invitations",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.Column("used_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_invitations")),
    )
    op.create_table(
        "canned_replies",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_canned_replies")),
    )
    op.create_table(
        "muted",
        sa.Column("participant", row_id, autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        _owned("muted"),
        sa.PrimaryKeyConstraint("participant", name=op.f("pk_muted")),
        comment="personal data",
    )


def downgrade() -> None:
    for table in (
        *("muted", "canned_replies", "invitations", "agents", "staff_notices", "topics_to_drop"),
        *("ticket_entries", "tickets", "incidents"),
    ):
        op.drop_table(table)
