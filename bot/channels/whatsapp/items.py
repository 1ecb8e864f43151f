"""What one webhook call holds: messages, receipts, news of the account, and what we have no use for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from programme.model.messages import Incoming
from programme.model.receipts import Receipt


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
class AccountNews:
    """A change of the account or its number, at a moment in UTC: `field` is the webhook's, `event` what happened.

    `tier` is how many people a day may be written to who have not written themselves; None where it is not told,
    -1 for no limit. `alarming` says that an operator should hear of it.
    """

    field: str
    event: str
    at: datetime
    tier: int | None = None
    quality: str | None = None
    detail: str = ""
    alarming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """What we have no use for, or can't read; counted by `why`, such as `type: order`."""

    why: str


Item = Incoming | Receipt | TemplateNews | AccountNews | Ignored
