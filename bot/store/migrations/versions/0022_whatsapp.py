"""What WhatsApp needs: aliases, consent, receipts, templates, whom we approached, what is charged.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)
_PERSONAL = "personal data"
_HELD = sa.text("state = 'held'")
_UNARRIVED = sa.text("via_channel = 'whatsapp' AND state = 'sent' AND (receipt IS NULL OR receipt < 2)")


def upgrade() -> None:
    for name in ("marketing_off_at", "undelivered_at"):
        op.add_column("addresses", sa.Column(name, moment))
    doubted = sa.text("undelivered_at IS NOT NULL")
    op.create_index(
        "ix_addresses_undelivered_at", "addresses", ["undelivered_at"], sqlite_where=doubted, postgresql_where=doubted
    )
    for table in ("deliveries", "broadcast_deliveries"):
        op.add_column(table, sa.Column("receipt", sa.SmallInteger()))
        op.add_column(table, sa.Column("receipt_at", moment))
        op.add_column(table, sa.Column("charged", sa.Boolean()))
        op.add_column(table, sa.Column("not_via", sa.Text()))
        op.create_index(
            f"ix_{table}_unarrived", table, ["closed_at"], sqlite_where=_UNARRIVED, postgresql_where=_UNARRIVED
        )
    for name in ("over_whatsapp", "outside_window"):
        op.add_column("broadcasts", sa.Column(name, sa.Integer()))
    op.create_index("ix_deliveries_held", "deliveries", ["participant"], sqlite_where=_HELD, postgresql_where=_HELD)
    _of_people()
    _of_the_channel()


def downgrade() -> None:
    for name in ("channel_facts", "charges", "approached", "templates", "consents", "aliases"):
        op.drop_table(name)
    op.drop_index("ix_deliveries_held", table_name="deliveries")
    for name in ("outside_window", "over_whatsapp"):
        op.drop_column("broadcasts", name)
    for table in ("broadcast_deliveries", "deliveries"):
        op.drop_index(f"ix_{table}_unarrived", table_name=table)
        for name in ("not_via", "charged", "receipt_at", "receipt"):
            op.drop_column(table, name)
    op.drop_index("ix_addresses_undelivered_at", table_name="addresses")
    for name in ("undelivered_at", "marketing_off_at"):
        op.drop_column("addresses", name)


def _of_people() -> None:
    op.create_table(
        "aliases",
        sa.Column("id", row_id, nullable=False),
        _owner(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False, comment=_PERSONAL),
        _whose("aliases"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("channel", "alias", name=op.f("uq_aliases_channel")),
        comment=_PERSONAL,
    )
    op.create_index("ix_aliases_participant", "aliases", ["participant"])
    op.create_table(
        "consents",
        sa.Column("id", row_id, nullable=False),
        _owner(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("given_at", moment, nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", moment),
        _whose("consents"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("participant", "channel", name=op.f("uq_consents_participant")),
        comment=_PERSONAL,
    )
    op.create_table(
        "approached",
        _owner(),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        _whose("approached"),
        sa.PrimaryKeyConstraint("participant", "channel", name=op.f("pk_approached")),
        comment=_PERSONAL,
    )
    op.create_index("ix_approached_at", "approached", ["channel", "at"])


def _of_the_channel() -> None:
    op.create_table(
        "templates",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("category", sa.Text()),
        sa.Column("quality", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("told_at", moment, nullable=False),
        sa.Column("used_at", moment),
        sa.Column("stopped_at", moment),
        sa.PrimaryKeyConstraint("name", "language", name=op.f("pk_templates")),
        comment="texts that WhatsApp approves; nothing about anybody",
    )
    op.create_table(
        "charges",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "channel", "kind", "category", "billable", name=op.f("pk_charges")),
        comment="what a channel charges for, counted by the day; nothing about anybody",
    )
    op.create_table(
        "channel_facts",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("channel", "name", name=op.f("pk_channel_facts")),
        comment="what a channel told of our account; nothing about anybody",
    )


def _owner() -> sa.Column[int]:
    return sa.Column("participant", row_id, autoincrement=False, nullable=False)


def _whose(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_participant")
    return sa.ForeignKeyConstraint(["participant"], ["participants.id"], name=name, ondelete="CASCADE")
