"""What a delivery can be in the outbox, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from programme.model.deliveries import Delivery, DeliveryId, Outcome
from programme.model.messages import Kind, Message


class State(StrEnum):
    """Where a delivery stands. All but the first three are final; those bear the names of outcomes."""

    PENDING = "pending"
    LEASED = "leased"
    HELD = Outcome.HELD
    SENT = Outcome.SENT
    NOT_HERE = Outcome.NOT_HERE  # only until it is found out who else can carry it
    GONE = Outcome.GONE
    FAILED = Outcome.FAILED
    UNKNOWN = Outcome.UNKNOWN
    CANCELLED = Outcome.CANCELLED
    EXPIRED = Outcome.EXPIRED


MOST_FAILURES = 8
"""After so many attempts that cost something, a delivery counts as failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A delivery as it stands. `closed_at` tells when its final state was reached."""

    id: DeliveryId
    participant: int
    source: str
    kind: Kind
    state: State
    due_at: datetime
    closed_at: datetime | None
    channel: str | None
    message: Message | None
    provider_id: str | None
    reason: str | None


def delivery_from(row: Row[Any], message: Message | None) -> Delivery:
    """Read a delivery as it was put in."""
    return Delivery(
        participant=row.participant,
        source=row.source,
        kind=row.kind,
        due_at=row.due_at,
        not_after=row.not_after,
        unless=row.unless,
        message=message,
        channel=row.channel,
        address=row.address,
        edits=row.edits,
    )


def entry_from(row: Row[Any], message: Message | None) -> LogEntry:
    """Read a delivery as it stands."""
    return LogEntry(
        id=row.id,
        participant=row.participant,
        source=row.source,
        kind=row.kind,
        state=State(row.state),
        due_at=row.due_at,
        closed_at=row.closed_at,
        channel=row.via_channel or row.channel,
        message=message,
        provider_id=row.provider_id,
        reason=row.reason,
    )


def row_from(delivery: Delivery) -> dict[str, Any]:
    """Write a delivery that waits, all but its words."""
    return {
        "participant": delivery.participant,
        "source": delivery.source,
        "kind": delivery.kind,
        "due_at": delivery.due_at,
        "not_after": delivery.not_after,
        "unless": delivery.unless,
        "channel": delivery.channel,
        "address": delivery.address,
        "edits": delivery.edits,
        "state": State.PENDING.value,
        "open_at": delivery.due_at,
        "attempt": 0,
        "failures": 0,
    }
