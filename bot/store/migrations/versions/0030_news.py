"""On PostgreSQL, a change that the staff's pages show is told to whoever listens: a notice without content.

Revision ID: 0030
Revises: 0029
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_SHOWN = ("tickets", "ticket_entries", "console_sessions", "tallies", "imports")
_TOLD = (
    "CREATE FUNCTION sobat_news() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN PERFORM pg_notify('sobat_news', ''); RETURN NULL; END $$"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(_TOLD)
    for table in _SHOWN:
        op.execute(
            f"CREATE TRIGGER tell_news AFTER INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION sobat_news()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _SHOWN:
        op.execute(f"DROP TRIGGER tell_news ON {table}")
    op.execute("DROP FUNCTION sobat_news()")
