"""Chats of the web page outlive the process that shows them.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "chat_posts",
        sa.Column("number", number, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("participant", number, nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="personal data"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("content", sa.Text(), nullable=False, comment="personal data"),
        sa.ForeignKeyConstraint(
            ["participant"], ["participants.id"], name=op.f("fk_chat_posts_participant"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_posts")),
        sa.UniqueConstraint("participant", "id", name=op.f("uq_chat_posts_participant")),
        comment="personal data",
    )
    op.create_index("ix_chat_posts_at", "chat_posts", ["at"])


def downgrade() -> None:
    op.drop_index("ix_chat_posts_at", table_name="chat_posts")
    op.drop_table("chat_posts")
