"""What one webhook call holds: messages, receipts, news of the account, and what we have no use for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from programme.model.messages import Incoming
from programme.model.receipts import Receipt
from programme.model.templates import TemplateNews, TemplateState

__all__ = ["AccountNews", "Ignored", "Item", "TemplateNews", "TemplateState"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPage:
    """Somebody turns to `page` of a longer list, kept by the channel as `reference`.

    It is answered by the channel itself; `incoming` is the press, with no action, as any other is read.
    """

    incoming: Incoming
    reference: str
    page: int


Item = Incoming | NextPage | Receipt | TemplateNews | AccountNews | Ignored
