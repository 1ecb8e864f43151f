"""Texts that a channel approves beforehand: what it tells of them, and which of them can be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

MARKETING: Final = "MARKETING"
"""A category that costs about twice as much, can be switched off and is capped by person: no reminder goes out so."""


class TemplateState(StrEnum):
    """What Meta says of a template: only an approved one can be sent."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"
    IN_APPEAL = "IN_APPEAL"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    PENDING_DELETION = "PENDING_DELETION"
    DELETED = "DELETED"
    ARCHIVED = "ARCHIVED"
    UNKNOWN = "UNKNOWN"


_ON_THE_WAY: Final = frozenset({TemplateState.PENDING, TemplateState.IN_APPEAL})
"""Not usable yet, which is nothing to be told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateNews:
    """A change of a template, at a moment in UTC; None is what this webhook does not tell.

    `category` is the one in force, in capitals; an impending change of it is no news yet.
    """

    name: str
    language: str
    at: datetime
    state: TemplateState | None = None
    reason: str = ""
    quality: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStanding:
    """How a template stands; all moments in UTC, `told_at` by the channel.

    `stopped_at` is since when we don't send it, whatever the channel says.
    """

    name: str
    language: str
    state: TemplateState
    category: str | None = None
    quality: str | None = None
    reason: str = ""
    told_at: datetime
    used_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def usable(self) -> bool:
        """Whether it may be sent."""
        return self.state is TemplateState.APPROVED and self.category != MARKETING and self.stopped_at is None

    @property
    def barred_by(self) -> str | None:
        """What the channel did that keeps it from being sent: a state, or MARKETING; None for nothing of the kind."""
        if self.state is TemplateState.APPROVED:
            return MARKETING if self.category == MARKETING else None
        return None if self.state in _ON_THE_WAY else self.state


@dataclass(frozen=True, slots=True)
class BarredTemplate:
    """A template that a channel has just taken from us: what it did, and its reason where it gave one."""

    name: str
    language: str
    by: str
    reason: str = ""
