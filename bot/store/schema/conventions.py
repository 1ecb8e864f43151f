"""What all tables have in common: how things are named, whose a row is, what a payment looks like."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, MetaData, Text

from bot.store.schema.columns import Choice, RowId, personal
from programme.model.payments import PaymentStatus

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
PERSONAL = "personal data"


def owner() -> Column[int]:
    """Point to the person to whom the row belongs and with whom it goes."""
    return Column("participant", RowId, ForeignKey("participants.id", ondelete="CASCADE"), nullable=False)


def owner_key() -> Column[int]:
    """Point to the person of whom there is at most one such row."""
    person = ForeignKey("participants.id", ondelete="CASCADE")
    return Column("participant", RowId, person, primary_key=True, autoincrement=False)


def payment_columns() -> tuple[Column[object], ...]:
    """Hold one payment, all but whose it is."""
    return (
        Column("number", Integer, primary_key=True, autoincrement=False),
        personal("amount", Integer, nullable=False),
        personal("status", Choice(PaymentStatus), nullable=False),
        personal("scheduled_on", Date),
        personal("paid_on", Date),
        personal("partner", Text),
        personal("reason", Text),
    )


USING = "postgresql_using"
"""In an index's `info`: by which method PostgreSQL builds it."""


def for_postgresql() -> None:
    """Tell each index what it is on PostgreSQL; its dialect is slow to load, and not always needed."""
    for table in metadata.tables.values():
        for index in table.indexes:
            condition = index.dialect_kwargs.get("sqlite_where")
            if condition is not None:
                index.dialect_kwargs["postgresql_where"] = condition
            if method := index.info.get(USING):
                index.dialect_kwargs[USING] = method
