"""What the dashboard's *History Insentif* calls a payment's status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from programme.loading import read_table
from programme.model.payments import PaymentStatus

_COLUMNS = ("text", "status", "source", "as_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusText:
    """The dashboard's words and what they mean."""

    text: str
    status: PaymentStatus
    source: str
    as_of: str


def load_statuses(file: Path) -> tuple[StatusText, ...]:
    """Read `payment_statuses.tsv`. Raises DataError naming line and fix."""
    return tuple(
        StatusText(
            text=row.text("text"),
            status=row.choice("status", PaymentStatus),
            source=row.text("source"),
            as_of=row.as_of(),
        )
        for row in read_table(file, _COLUMNS)
    )
