"""Amendment: what went out already is taken back, or corrected where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from programme.model.messages import Message

DELETABLE: Final = timedelta(hours=48)
"""So long after it was sent a message may be taken back. Telegram: core.telegram.org/bots/api#deletemessage."""


class AmendmentKind(StrEnum):
    """What is done to messages that were sent."""

    WITHDRAW = "withdraw"
    EDIT = "edit"


class AmendmentState(StrEnum):
    """Where an amendment stands. It collects whom it concerns until nobody can have got the former words any more."""

    WAITING_APPROVAL = "waiting_approval"
    COLLECTING = "collecting"
    COLLECTED = "collected"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What is done to the messages of a broadcast; `messages` stand in their place, none where they are taken back.

    `author` and `approver` are `StaffMember.who`; moments are in UTC.
    """

    id: int
    broadcast: int
    kind: AmendmentKind
    state: AmendmentState
    messages: Mapping[str, Message]
    author: str
    approver: str | None
    created_at: datetime
    begun_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def source(self) -> str:
        """The source of its deliveries: what is taken back is taken back once, whoever asks for it."""
        once = "withdraw" if self.kind is AmendmentKind.WITHDRAW else f"edit/{self.id}"
        return f"broadcast/{self.broadcast}/{once}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentProgress:
    """How many of those who got it have it taken back or corrected by now, and of how many that can't be done.

    `done` is told by the channel, `waiting` is on its way, `failed` the channel refused. `no_way` got it where nothing
    can be changed (WhatsApp), `too_late` longer ago than the channel allows or without a trace of their message,
    `unsure` perhaps got it.
    """

    done: int = 0
    waiting: int = 0
    failed: int = 0
    no_way: int = 0
    too_late: int = 0
    unsure: int = 0

    @property
    def left_with_it(self) -> int:
        """How many have the former words for good, as far as is known."""
        return self.failed + self.no_way + self.too_late + self.unsure
