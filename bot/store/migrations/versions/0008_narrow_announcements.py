"""Announcements' deliveries are narrow rows with a key of their own; what they share lies with the announcement.

Revision ID: 0008
Revises: 0007
"""

# ruff: noqa: S608 - the statements are put together from words of this file alone

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KEY = f"participant - broadcast * {2**40}"
_ANNOUNCED = "kind = 3 AND source LIKE 'broadcast/%'"


def upgrade() -> None:
    op.create_index("ix_addresses_reachable", "addresses", ["participant"], **_only("reachable"))
    op.drop_index("ix_deliveries_open", table_name="deliveries")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint("uq_deliveries_participant", type_="unique")
        batch.drop_column("kind")
        batch.alter_column("rank", new_column_name="kind")
        batch.alter_column("source", existing_type=sa.Text(), nullable=True)
        batch.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch.add_column(sa.Column("broadcast", sa.Integer(), nullable=True))
    op.execute(f"UPDATE deliveries SET broadcast = CAST(substr(source, 11) AS INTEGER) WHERE {_ANNOUNCED}")
    op.execute(
        f"UPDATE deliveries SET id = {_KEY}, source = NULL, due_at = NULL, not_after = NULL, unless = NULL, "
        "shared_message = NULL WHERE broadcast IS NOT NULL"
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
    op.execute(f"UPDATE broadcasts SET planned_to = {2**40 - 1} WHERE planned_all")
    op.execute("UPDATE broadcasts SET tally = '{}', tallied_to = 0")
    with op.batch_alter_table("broadcasts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("first_row")
        batch.drop_column("last_row")
    op.create_table(
        "handing_out",
        sa.Column("broadcast", row_id, autoincrement=False, nullable=False),
        sa.Column("handed_to", row_id, nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast"], ["broadcasts.id"], name=op.f("fk_handing_out_broadcast"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("broadcast", name=op.f("pk_handing_out")),
        comment="how far workers have come with each announcement; apart, so that they don't wait for planners",
    )
    op.execute("INSERT INTO handing_out (broadcast, handed_to) SELECT id, planned_to FROM broadcasts")


def downgrade() -> None:
    op.drop_table("handing_out")
    for index in ("ix_deliveries_announced", "ix_deliveries_open", "uq_deliveries_participant"):
        op.drop_index(index, table_name="deliveries")
    _share_words()
    for column, told in {
        "open_at": "CASE WHEN deliveries.state = 'pending' AND open_at IS NULL THEN starts_at ELSE open_at END",
        "due_at": "starts_at",
        "not_after": "not_after",
    }.items():
        found = f"(SELECT {told} FROM broadcasts WHERE broadcasts.id = deliveries.broadcast)"
        op.execute(f"UPDATE deliveries SET {column} = {found} WHERE broadcast IS NOT NULL")
    op.execute("UPDATE deliveries SET source = 'broadcast/' || broadcast WHERE broadcast IS NOT NULL")
    op.execute(
        "UPDATE deliveries SET id = given.number FROM (SELECT id AS key, row_number() OVER (ORDER BY broadcast, id) "
        "+ (SELECT max(id * CASE WHEN id > 0 THEN 1 ELSE 0 END) FROM deliveries) AS number "
        "FROM deliveries WHERE id < 0) AS given WHERE deliveries.id = given.key"
    )
    with op.batch_alter_table("broadcasts", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("first_row", row_id, nullable=True))
        batch.add_column(sa.Column("last_row", row_id, nullable=True))
    for column, found in {"first_row": "min(id) - 1", "last_row": "max(id)", "tallied_to": "min(id) - 1"}.items():
        row = f"(SELECT {found} FROM deliveries WHERE broadcast = broadcasts.id)"
        op.execute(f"UPDATE broadcasts SET tally = '{{}}', {column} = coalesce({row}, 0)")
    op.execute("UPDATE broadcasts SET first_row = NULL, last_row = NULL WHERE last_row = 0")
    if not _lite():
        op.execute("SELECT setval('deliveries_id_seq', greatest(1, (SELECT max(id) FROM deliveries)))")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("broadcast")
        batch.alter_column("kind", new_column_name="rank")
        batch.alter_column("source", existing_type=sa.Text(), nullable=False)
        batch.alter_column("due_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="broadcast"))
        batch.create_unique_constraint("uq_deliveries_participant", ["participant", "source"])
    for rank, kind in enumerate(("reply", "staff", "reminder")):
        op.execute(f"UPDATE deliveries SET kind = '{kind}' WHERE rank = {rank}")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("kind", existing_type=sa.Text(), server_default=None)
    op.create_index("ix_deliveries_open", "deliveries", ["rank", "open_at"], **_only("open_at IS NOT NULL"))
    op.drop_index("ix_addresses_reachable", table_name="addresses")


def _share_words() -> None:
    """Lay the words where deliveries share them, by language."""
    keep = sa.text("INSERT INTO shared_messages (digest, content) VALUES (:digest, :content) ON CONFLICT DO NOTHING")
    point = sa.text(
        "UPDATE deliveries SET shared_message = :digest WHERE broadcast = :number AND (shared_message IS NULL OR "
        "participant IN (SELECT id FROM participants WHERE language = :language))"
    )
    bind = op.get_bind()
    for number, words in bind.execute(sa.text("SELECT id, words FROM broadcasts")).all():
        for language, content in json.loads(words).items():
            digest = hashlib.sha256(content.encode()).digest()
            bind.execute(keep, {"digest": digest, "content": content})
            bind.execute(point, {"digest": digest, "number": number, "language": language})


def _lite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _only(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
