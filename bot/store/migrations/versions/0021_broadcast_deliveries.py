"""Deliveries of broadcasts have a table of their own; what is held says so instead of waiting for a far-away moment.

Revision ID: 0021
Revises: 0020
"""

# ruff: noqa: S608 - the statements are put together from words of this file alone

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
moment = sa.DateTime(timezone=True)
_PEOPLE = 2**40
_KEPT = "state, attempt, failures, via_channel, via_address, closed_at, provider_id, reason"
_HELD = "'9000-01-01 00:00:00.000000'"
_NUMBER = "CAST(key AS BIGINT)"
_LETTER = f"(({_PEOPLE - 1} - {_NUMBER}) / {_PEOPLE})"


def upgrade() -> None:
    op.create_table(
        "broadcast_deliveries",
        sa.Column("broadcast", row_id, autoincrement=False, nullable=False),
        sa.Column("participant", row_id, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("open_at", moment),
        sa.Column("held_at", moment),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("via_channel", sa.Text()),
        sa.Column("via_address", sa.Text(), comment="personal data"),
        sa.Column("closed_at", moment),
        sa.Column("provider_id", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("broadcast", "participant", name=op.f("pk_broadcast_deliveries")),
        comment="personal data",
        sqlite_with_rowid=False,
    )
    held = f"open_at >= {_moment(_HELD)}"
    since = "(SELECT coalesce(started_at, starts_at) FROM broadcasts WHERE broadcasts.id = deliveries.broadcast)"
    op.execute(
        f"INSERT INTO broadcast_deliveries (broadcast, participant, open_at, held_at, {_KEPT}) "
        f"SELECT broadcast, participant, CASE WHEN {held} THEN NULL ELSE open_at END, "
        f"CASE WHEN {held} THEN {since} END, {_KEPT} FROM deliveries WHERE id < 0 ORDER BY broadcast, participant"
    )
    op.create_index(
        "ix_broadcast_deliveries_tried",
        "broadcast_deliveries",
        ["broadcast", "open_at"],
        **_only("open_at IS NOT NULL OR held_at IS NOT NULL"),
    )
    op.create_index(
        "ix_broadcast_deliveries_placed", "broadcast_deliveries", ["closed_at"], **_only("via_address IS NOT NULL")
    )
    op.execute("DELETE FROM deliveries WHERE id < 0")
    op.execute(
        f"UPDATE dead_letters SET key = {_LETTER} || '/' || ({_NUMBER} + {_LETTER} * {_PEOPLE}) "
        "WHERE sphere = 'delivery' AND key LIKE '-%'"
    )
    for index in ("ix_deliveries_announced", "ix_deliveries_open", "uq_deliveries_participant"):
        op.drop_index(index, table_name="deliveries")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("broadcast")
        batch.alter_column("source", existing_type=sa.Text(), nullable=False)
        batch.alter_column("due_at", existing_type=moment, nullable=False)
    op.create_index("uq_deliveries_participant", "deliveries", ["participant", "source"], unique=True)
    op.create_index("ix_deliveries_open", "deliveries", ["kind", "open_at"], **_only("open_at IS NOT NULL"))


def downgrade() -> None:
    for index in ("ix_deliveries_open", "uq_deliveries_participant"):
        op.drop_index(index, table_name="deliveries")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("broadcast", sa.Integer(), nullable=True))
        batch.alter_column("source", existing_type=sa.Text(), nullable=True)
        batch.alter_column("due_at", existing_type=moment, nullable=True)
    op.execute(
        f"INSERT INTO deliveries (id, broadcast, participant, kind, open_at, {_KEPT}) "
        f"SELECT participant - broadcast * {_PEOPLE}, broadcast, participant, 3, "
        f"CASE WHEN held_at IS NULL THEN open_at ELSE {_moment(_HELD)} END, {_KEPT} FROM broadcast_deliveries"
    )
    slash = "instr(key, '/')" if _lite() else "strpos(key, '/')"
    broadcast, person = (f"CAST(substr(key, {part}) AS BIGINT)" for part in (f"1, {slash} - 1", f"{slash} + 1"))
    op.execute(
        f"UPDATE dead_letters SET key = CAST({person} - {broadcast} * {_PEOPLE} AS TEXT) "
        "WHERE sphere = 'delivery' AND key LIKE '%/%'"
    )
    op.create_index(
        "uq_deliveries_participant", "deliveries", ["participant", "source"], unique=True, **_only("source IS NOT NULL")
    )
    op.create_index(
        "ix_deliveries_open", "deliveries", ["kind", "open_at"], **_only("open_at IS NOT NULL AND broadcast IS NULL")
    )
    op.create_index(
        "ix_deliveries_announced",
        "deliveries",
        ["broadcast", "open_at"],
        **_only("open_at IS NOT NULL AND broadcast IS NOT NULL"),
    )
    op.drop_table("broadcast_deliveries")


def _lite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _moment(written: str) -> str:
    return written if _lite() else f"TIMESTAMPTZ {written[:-1]}+00'"


def _only(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
