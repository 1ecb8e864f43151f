"""Delivery: a message on its way out, until when it is wanted, and what became of it."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A reminder that falls due at `at`, is useless after `not_after`, and pointless once `unless` is reached.

    `source` names it once and for all: the same source is sent to the same person once.
    """

    source: str
    at: datetime
    not_after: datetime
    unless: Milestone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message owed to one person; unique by `source` and participant.

    `message` is None where the words are found at the moment of sending (reminders). `channel` and
    `address` are None where the person's latest channel is meant. `edits` is the provider's id of the
    message to replace.
    """

    participant: int
    source: str
    kind: Kind
    due_at: datetime
    not_after: datetime | None = None
    unless: Milestone | None = None
    message: Message | None = None
    channel: str | None = None
    address: str | None = None
    edits: str | None = None


class BroadcastDeliveryId(NamedTuple):
    """Composite key of what one person gets of a broadcast."""

    broadcast: int
    participant: int

    def __str__(self) -> str:
        """Write it as one word, for logs and dead letters."""
        return f"{self.broadcast}/{self.participant}"


DeliveryId = int | BroadcastDeliveryId
"""The key of a delivery: a number for one of a person's own."""


_WRITTEN: Final = re.compile(r"([0-9]{1,18})(?:/([0-9]{1,18}))?")  # no more digits than a row's number has


def delivery_id_from(written: str) -> DeliveryId:
    """Read the key of a delivery as `str` writes it; another word raises ValueError."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise ValueError(f"{written!r} is no delivery")
    row, participant = found.groups()
    return int(row) if participant is None else BroadcastDeliveryId(int(row), int(participant))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that one worker holds under a lease. `attempt` is the fence: only its holder may settle.

    `heard_at` is when the person wrote last from this address, in UTC; None for just now. `language` is theirs; both
    are looked up only for a channel with a window.
    """

    id: DeliveryId
    attempt: int
    delivery: Delivery
    channel: str
    address: str
    heard_at: datetime | None = None
    language: str = "id"


WITHOUT_FILE = "without its file"
"""The reason of a message that was sent, but whose file the channel refused: its words arrived."""


ASKED = "asked"
"""Begins the reason of what is held while its person was asked to write; with a colon after it, for just this one."""

TOO_LATE = "toolate"
"""Begins the reason of what one channel would not have brought in time."""


class Outcome(StrEnum):
    """What became of an attempt to send."""

    SENT = "sent"
    LATER = "later"  # try again at `retry_at`
    HELD = "held"  # waits until the person writes again
    NOT_HERE = "not here"  # not on this channel; elsewhere, where the person is known elsewhere
    GONE = "gone"  # the person can't be reached on this channel
    FAILED = "failed"  # will never succeed
    UNKNOWN = "unknown"  # may or may not have arrived
    CANCELLED = "cancelled"  # no longer wanted
    EXPIRED = "expired"  # past its `not_after`


@dataclass(frozen=True, slots=True)
class Settlement:
    """The outcome of one claimed delivery, with the provider's message id or the reason."""

    claimed: Claimed
    outcome: Outcome
    at: datetime
    _: KW_ONLY
    provider_id: str | None = None
    reason: str | None = None
    retry_at: datetime | None = None
    costs_attempt: bool = True
