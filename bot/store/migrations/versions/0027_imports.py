"""Imports: where each stands, and what it changed, for as long as it can be undone.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def _import(table: str) -> tuple[sa.Column, sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint(["import"], ["imports.id"], name=op.f(f"fk_{table}_import"), ondelete="CASCADE")
    return sa.Column("import", _ID, nullable=False, autoincrement=False), key


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", _ID, nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", _ID, nullable=False),
        sa.Column("digest", sa.Text()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("columns", sa.Text()),
        sa.Column("found", sa.Text()),
        sa.Column("verdict", sa.Text()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("changes", "kept", "undone", "left")),
        sa.Column("stage", sa.Text()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("lease", sa.Text()),
        sa.Column("beat_at", _MOMENT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        comment="lists that staff bring in: counts and columns, nothing about anybody",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_state", "imports", ["state"])
    op.create_table(
        "import_portions",
        *_import("import_portions"),
        sa.Column("portion", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content", sa.Text(), nullable=False, comment="personal data"),
        sa.PrimaryKeyConstraint("import", "portion", name=op.f("pk_import_portions")),
        comment="personal data",
    )
    op.create_table(
        "import_people",
        *_import("import_people"),
        sa.Column("portion", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("participant", _ID, nullable=False, autoincrement=False),
        sa.Column("content", sa.Text(), nullable=False, comment="personal data"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_import_people_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import", "portion", "participant", name=op.f("pk_import_people")),
        comment="personal data",
    )
    op.create_index("ix_import_people_participant", "import_people", ["participant"])


def downgrade() -> None:
    for table in ("import_people", "import_portions", "imports"):
        op.drop_table(table)
